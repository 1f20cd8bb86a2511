import assert from "node:assert/strict";
import { test } from "node:test";

import type { Person } from "./api.ts";
import type { Board, Output, Run } from "./board.ts";
import { barred, heldBy, keptFromGo, mayCall, surfacesOf } from "./may.ts";

const kim: Person = {
  name: "Kim",
  kind: "person",
  rights: ["see", "control"],
  grants: [{ rights: ["see", "control"], festival: null, surface: null }],
  locked: false,
};
const only = (more: Partial<Person["grants"][number]>): Person => ({
  ...kim,
  grants: [{ rights: ["see", "control"], festival: null, surface: null, ...more }],
});
const board = {
  festival: "fall",
  stopped: null,
  outputs: [
    { output: "west", surface: "facade" },
    { output: "laser", surface: "bridge" },
  ],
} as unknown as Board;
const run = { run: "r", surface: "facade", outputs: ["west", "laser"], status: "running", control: null } as unknown as Run;
const by = (name: string): Run => ({ ...run, control: { by: name } as Run["control"] });

test("a right holds for its festival, and for every surface that the run drives", () => {
  assert.deepEqual(surfacesOf(board, run), ["facade", "bridge"]);
  assert.equal(mayCall(kim, board, run), true);
  assert.equal(mayCall(only({ rights: ["see"] }), board, run), false);
  assert.equal(mayCall(only({ festival: "spring" }), board, run), false);
  assert.equal(mayCall(only({ festival: "fall" }), board, run), true);
  assert.equal(mayCall(only({ surface: "facade" }), board, run), false);
  assert.equal(mayCall(only({ surface: "facade" }), board, null), true);
  const laser = board.outputs[1] as Output;
  assert.equal(mayCall(only({ surface: "bridge" }), board, run), false);
  assert.equal(mayCall(only({ surface: "bridge" }), board, laser), true);
  assert.equal(barred(only({ surface: "facade" }), board, laser), "no right");
  const both = { ...kim, grants: ["facade", "bridge"].map((surface) => ({ rights: ["control" as const], surface })) };
  assert.equal(mayCall(both, board, run), true);
});

test("a lock keeps every call, and is told before a missing right", () => {
  assert.equal(barred(kim, board, run), null);
  assert.equal(barred({ ...kim, locked: true, grants: [] }, board, run), "locked");
  assert.equal(barred(only({ rights: ["see"] }), board, run), "no right");
});

test("one's own control stands in nobody's way", () => {
  assert.equal(heldBy(kim, run), null);
  assert.equal(heldBy(kim, by("Kim")), null);
  assert.equal(heldBy(kim, by("Lee")), "Lee");
});

test("what keeps a GO, the gravest first", () => {
  const kept = (more: object) => keptFromGo({ board, run, person: kim, stale: false, ...more });
  const stopped = { ...board, stopped: { by: "Lee", at: 0, reason: null } };
  assert.equal(kept({}), null);
  assert.equal(kept({ run: { ...run, status: "holding" } }), "held");
  assert.equal(kept({ run: { ...run, status: "holding", faded: true } }), null);
  assert.equal(kept({ run: by("Lee") }), "control");
  assert.equal(kept({ board: stopped, run: by("Lee") }), "stopped");
  assert.equal(kept({ board: stopped, stale: true }), "not heard");
  assert.equal(kept({ person: { ...kim, locked: true }, stale: true }), "locked");
});
