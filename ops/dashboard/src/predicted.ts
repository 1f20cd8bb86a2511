/** When the run will end, if what stands by went as soon as it can. Pure. */

import type { Run } from "./board.ts";

export interface Predicted {
  at: number;
  /** Past the slot's end by so much; below zero, before it. */
  over: number;
}

export function predicted(run: Run | null, now: number): Predicted | null {
  const at = run === null ? null : endOf(run, now);
  return run === null || at === null ? null : { at, over: at - run.ends };
}

function endOf(run: Run, now: number): number | null {
  if (run.ended_at !== null) return run.ended_at;
  if (run.standby === null) return run.ends_at;
  if (run.rest === null) return null;
  return Math.max(now, run.starts, run.ends_at ?? now) + run.rest;
}
