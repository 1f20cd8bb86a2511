/** One press of GO, from the finger to the servers' evidence. */

import { type Board, type Cue, type Proof, proofOf, type Run, type Text } from "./board.ts";

export type Phase = "pressed" | "sent" | "went" | "refused" | "unknown";

export interface Press {
  /** One press is one request: its repeats carry the same id. */
  readonly request: string;
  readonly run: string;
  readonly standby: string;
  readonly standby_count: number;
  readonly name: Text;
  /** The outputs that the cue and what goes with it drive. */
  readonly outputs: readonly string[];
  readonly at: number;
  readonly phase: Phase;
  /** Why it was refused, and by whom and when what stands in its way was done. */
  readonly status: number | null;
  readonly reasons: Text | null;
  readonly by: string | null;
  readonly byAt: number | null;
  /** False where the player could not write it down. */
  readonly recorded: boolean;
  /** When it went, by the player's clock. */
  readonly wentAt: number | null;
  /** When it ended: answered, or given up. */
  readonly answeredAt: number | null;
  /** True once all that it touched was confirmed; later looks do not take that back. */
  readonly confirmed: boolean;
}

export function begin(run: Run, cue: Cue, at: number, request: string): Press {
  const outputs = new Set(together(run, cue).flatMap((one) => one.does).flatMap((act) => act.outputs));
  return {
    request,
    run: run.run,
    standby: cue.number,
    standby_count: run.standby_count,
    name: cue.name,
    outputs: [...outputs],
    at,
    phase: "pressed",
    status: null,
    reasons: null,
    by: null,
    byAt: null,
    recorded: true,
    wentAt: null,
    answeredAt: null,
    confirmed: false,
  };
}

/** The cue, and those that go in the same instant. */
export function together(run: Run, cue: Cue): Cue[] {
  const first = run.cues.indexOf(cue);
  const next = run.cues.slice(first + 1);
  const end = next.findIndex((one) => one.continues !== "with");
  return [cue, ...(end === -1 ? next : next.slice(0, end))];
}

/** Whether the next press must wait: one in flight, or answered a moment ago. */
const APART = 300;

export function inFlight(press: Press | null, now: number): boolean {
  if (press === null) return false;
  if (press.answeredAt === null) return true;
  return press.phase === "went" && now - press.answeredAt < APART;
}

/** The page's idea of the player's clock is behind it by the way of a heartbeat. */
const BEHIND = 50;

/** What is confirmed of it: by reports of what was sent since it went. */
export function proof(press: Press, board: Board): Proof {
  return proofOf(board, press.outputs, (press.wentAt ?? press.at) - BEHIND);
}

export function isConfirmed(press: Press, board: Board): boolean {
  const { confirmed, asked, differs } = proof(press, board);
  return press.phase === "went" && asked > 0 && confirmed === asked && differs === 0;
}
