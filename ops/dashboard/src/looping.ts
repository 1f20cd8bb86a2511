/** What becomes of a run's loop by a GO, by a leave, and left alone. Pure. */

import type { Cue, Run } from "./board.ts";

export interface Looping {
  /** The first and the last cue of a pass. */
  from: string;
  to: string;
  turn: number;
  /** How many passes there are; null where it turns until somebody leaves it. */
  times: number | null;
  /** This pass is the last, whatever is pressed. */
  last: boolean;
  /** What comes when the last pass is over; null where the run ends then. */
  then: Cue | null;
}

export function loopOf(run: Run | null): Looping | null {
  const loop = run?.looping ?? null;
  if (run === null || loop === null) return null;
  const after = run.cues.slice(run.cues.findIndex((cue) => cue.number === loop.cue) + 1);
  return {
    from: loop.to,
    to: loop.cue,
    turn: loop.turn,
    times: loop.times,
    last: loop.leaving,
    then: after.find((cue) => !cue.skip) ?? null,
  };
}
