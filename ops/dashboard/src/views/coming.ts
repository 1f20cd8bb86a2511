/** What runs on some surfaces, and what comes next. Pure; says what is known and guesses nothing. */

import { type Board, type Cue, goingOn, inLanguage, type Run, type Slot, standbyCue, type Text } from "../board.ts";
import { positionOf } from "../position.ts";

/** What is counted down: a cue that runs, with the time it has left where its length is known. */
export interface Now {
  title: Text;
  number: string;
  run: Run;
  left: number | null;
  gone: number;
  /** Whose own position it is counted by; null where it is by our clock. */
  server: string | null;
}

/** What comes: at an instant, or with a GO that nobody knows the time of. */
export interface Next {
  title: Text;
  number: string | null;
  at: number | null;
  how: "by itself" | "waits for GO" | "starts" | "stands by" | "automation is off";
}

const ALIVE: readonly Run["status"][] = ["standing by", "running", "holding"];

/** Runs that live on these surfaces, those in hand first. */
export function alive(board: Board, surfaces: readonly string[]): Run[] {
  const found = board.runs.filter((run) => ALIVE.includes(run.status) && surfaces.includes(run.surface));
  return found.toSorted((a, b) => Number(b.in_hand) - Number(a.in_hand) || a.starts - b.starts);
}

export function runningNow(board: Board, surfaces: readonly string[], now: number): Now | null {
  for (const run of alive(board, surfaces)) {
    const cue = goingOn(run).find((one) => one.status === "running");
    if (cue !== undefined) return counted(board, run, cue, now);
  }
  return null;
}

function counted(board: Board, run: Run, cue: Cue, now: number): Now {
  const position = positionOf(board, cue, now);
  const gone = Math.max(0, position.gone);
  const left = cue.length !== null && cue.length > 0 ? Math.max(0, cue.length - gone) : null;
  return { title: titled(cue), number: cue.number, run, left, gone, server: position.server };
}

/** What comes on these surfaces, in order: cues by themselves, the one that waits for GO, then slots. */
export function comingNext(board: Board, surfaces: readonly string[], now: number): Next[] {
  const cues = alive(board, surfaces).flatMap(ofRun);
  const slots = board.slots.filter((slot) => surfaces.includes(slot.surface) && toCome(slot, now));
  return [...cues.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity)), ...slots.map((slot) => ofSlot(slot, board))];
}

function ofRun(run: Run): Next[] {
  // In a hold no cue goes, whatever its instant was.
  const pending = run.status === "holding" ? [] : run.cues.filter((cue) => cue.status === "pending");
  const standby = standbyCue(run);
  return [
    ...pending.map((cue): Next => ({ title: titled(cue), number: cue.number, at: cue.due, how: "by itself" })),
    ...(standby === null
      ? []
      : [{ title: titled(standby), number: standby.number, at: null, how: "waits for GO" } as const]),
  ];
}

function toCome(slot: Slot, now: number): boolean {
  return slot.status === "waiting" || (slot.status === "planned" && slot.ends > now);
}

/** While automation is off no slot starts by itself: its time is no promise. */
function ofSlot(slot: Slot, { automation_off }: Board): Next {
  const title = titledSlot(slot);
  if (slot.start === "auto" && automation_off) return { title, number: null, at: null, how: "automation is off" };
  return { title, number: null, at: slot.starts, how: slot.start === "auto" ? "starts" : "stands by" };
}

function titled(cue: Cue): Text {
  return inLanguage(cue.name, "en") === "" ? { und: cue.number } : cue.name;
}

function titledSlot(slot: Slot): Text {
  return inLanguage(slot.title, "en") === "" ? { und: slot.slot } : slot.title;
}

/** The next curfew of these surfaces; the last one where all are past. */
export function curfewOf(board: Board, surfaces: readonly string[], now: number): { surface: string; title: Text; at: number } | null {
  const found = board.surfaces
    .filter((one) => surfaces.includes(one.surface))
    .flatMap(({ surface, title, curfew }) => (curfew === null ? [] : [{ surface, title, at: curfew }]))
    .toSorted((a, b) => a.at - b.at);
  return found.find(({ at }) => at > now) ?? found.at(-1) ?? null;
}
