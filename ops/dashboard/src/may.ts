/** Whether the person at this page may call, and what stands in the way of a GO. Pure. */

import type { Person } from "./api.ts";
import type { Board, Output, Run } from "./board.ts";

/** What keeps every call from this page. */
export type Barred = "locked" | "no right";

/** What keeps a GO: the above, or the state of things. */
export type Kept = Barred | "stopped" | "not heard" | "control" | "held";

export function barred(person: Person, board: Board, of: Run | Output | null): Barred | null {
  if (person.locked) return "locked";
  return mayCall(person, board, of) ? null : "no right";
}

/** As the service judges it: the festival, and every surface of the output, or of the run's outputs. */
export function mayCall(person: Person, board: Board, of: Run | Output | null): boolean {
  const grants = person.grants.filter(
    (grant) => grant.rights.includes("control") && (grant.festival ?? board.festival) === board.festival,
  );
  if (of === null) return grants.length > 0;
  return surfacesOf(board, of).every((surface) =>
    grants.some((grant) => (grant.surface ?? surface) === surface),
  );
}

export function surfacesOf(board: Board, of: Run | Output): string[] {
  const driven = "outputs" in of ? board.outputs.filter((output) => of.outputs.includes(output.output)) : [];
  return [...new Set([of.surface, ...driven.map((output) => output.surface)])];
}

/** Who has control of the run, where it is not this person. */
export function heldBy(person: Person, run: Run | null): string | null {
  const by = run?.control?.by ?? null;
  return by === person.name ? null : by;
}

export function keptFromGo(scene: {
  board: Board;
  run: Run | null;
  person: Person;
  stale: boolean;
}): Kept | null {
  const { board, run, person, stale } = scene;
  const bar = barred(person, board, run);
  if (bar !== null) return bar;
  if (stale) return "not heard";
  if (board.stopped !== null) return "stopped";
  if (heldBy(person, run) !== null) return "control";
  // A fade out holds a run too, and a GO then goes: it is the way back into the light.
  return run?.status === "holding" && !run.faded ? "held" : null;
}
