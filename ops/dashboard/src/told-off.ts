/** Automation that somebody turned off, in words: who, since when, why. Pure. */

import type { Board } from "./board.ts";
import { wallTime } from "./times.ts";
import type { Words } from "./words/index.ts";

export function automationOff(off: NonNullable<Board["automation_off"]>, words: Words, zone: string): string {
  const told = words.automationOffBy(off.by, wallTime(off.at, zone));
  return off.reason === null ? told : `${told}: ${off.reason}`;
}
