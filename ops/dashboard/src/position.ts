/** How far what runs has come: by a server's own position where one is reported, else by our clock. Pure. */

import type { Board, Cue } from "./board.ts";

export interface Position {
  /** For how long it has run, at that instant. */
  gone: number;
  /** Whose position it is; null where it is counted from when the cue went. */
  server: string | null;
}

/** A report older than this says nothing of now, unless it is confirmed still: a jump would be reported anew. */
const LASTS = 5_000;

export function positionOf(board: Board, cue: Cue, now: number): Position {
  const went = cue.went ?? now;
  const outputs = cue.does.filter((act) => act.kind === "play").flatMap((act) => act.outputs);
  for (const output of board.outputs.filter((one) => outputs.includes(one.output))) {
    for (const { agreement, reported, reported_at } of output.evidence) {
      // Milliseconds into the clip, as of the report.
      const position: unknown = reported["position"];
      if (typeof position !== "number" || reported_at === null || reported_at <= went) continue;
      if (agreement !== "confirmed" && now - reported_at >= LASTS) continue;
      return { gone: position + (now - reported_at), server: output.server };
    }
  }
  return { gone: now - went, server: null };
}
