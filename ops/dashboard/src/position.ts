/** How far what runs has come: by a server's own position where one is reported, else by our clock. Pure. */

import type { Board, Cue } from "./board.ts";

export interface Position {
  /** For how long it has run, at that instant. */
  gone: number;
  /** Whose position it is; null where it is counted from when the cue went. */
  server: string | null;
}

/** A report older than this says nothing of now. */
const LASTS = 5_000;

export function positionOf(board: Board, cue: Cue, now: number): Position {
  const went = cue.went ?? now;
  const outputs = cue.does.filter((act) => act.kind === "play").flatMap((act) => act.outputs);
  for (const output of board.outputs.filter((one) => outputs.includes(one.output))) {
    for (const { reported, reported_at } of output.evidence) {
      // A part of the whole, from 0 to 1, as Resolume tells it.
      const part: unknown = reported["position"];
      const fresh = reported_at !== null && reported_at > went && now - reported_at < LASTS;
      if (typeof part !== "number" || part < 0 || part > 1 || !fresh || !cue.length) continue;
      return { gone: part * cue.length + (now - reported_at), server: output.server };
    }
  }
  return { gone: now - went, server: null };
}
