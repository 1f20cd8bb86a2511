/** A cue's number as it is typed, until Enter, Esc, or nobody goes on. Pure. */

import type { Run } from "./board.ts";

/** A number left half typed must not join the next one. */
export const ABANDONED = 10_000;
const LONGEST = 12;

export interface Typed {
  readonly text: string;
  readonly at: number;
  /** Enter was pressed and the run has no such cue. */
  readonly unknown: boolean;
}

export const NOTHING: Typed = { text: "", at: 0, unknown: false };

export function type(typed: Typed, char: string, now: number): Typed {
  const before = current(typed, now).unknown ? "" : current(typed, now).text;
  return { text: (before + char).slice(0, LONGEST), at: now, unknown: false };
}

export function erase(typed: Typed, now: number): Typed {
  return { text: typed.text.slice(0, -1), at: now, unknown: false };
}

/** What still counts of it at that instant. */
export function current(typed: Typed, now: number): Typed {
  return now - typed.at < ABANDONED ? typed : NOTHING;
}

/** The cue that is meant: its number as it is written, or as it would be read (`06`, `6.50`, `7.`). */
export function meant(typed: Typed, run: Run | null): string | null {
  const cues = run?.cues ?? [];
  const exact = cues.find((cue) => cue.number === typed.text);
  if (exact !== undefined || typed.text === "") return exact?.number ?? null;
  const value = Number(typed.text);
  const same = cues.filter((cue) => /^[\d.]+$/.test(cue.number) && Number(cue.number) === value);
  return same.length === 1 ? (same[0]?.number ?? null) : null;
}
