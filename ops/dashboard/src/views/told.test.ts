import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board, Cue } from "../board.ts";
import { departments, standingBy, toldTo } from "./told.ts";

function cue(number: string, to: string | null, changes: Partial<Cue> = {}): Cue {
  const calls = to === null ? [] : [{ to, say: `${to}, ${number}` }];
  return { number, name: { und: number }, status: "to come", continues: "none", calls, due: null, went: null, ...changes } as Cue;
}

function board(cues: Cue[], run: object = {}): Board {
  return { runs: [{ run: "r", status: "running", standby: "3", cues, ...run }] } as unknown as Board;
}

const CUES = [
  cue("1", "laser", { status: "ended", went: 100 }),
  cue("1.5", "laser", { status: "skipped" }),
  cue("2", "Laser", { status: "pending", continues: "follow", due: 900 }),
  cue("3", "laser", { status: "standing by" }),
  cue("3.5", "lights", { continues: "with" }),
  cue("4", "laser"),
  cue("5", "laser", { continues: "follow" }),
];

test("each word says when: now, at an instant, with or after which GO", () => {
  const { coming, said } = toldTo(board(CUES), ["LASER"]);
  assert.deepEqual(coming.map(({ cue: number, when, at, go }) => [number, when, at, go]), [
    ["3", "now", null, "3"],
    ["2", "timed", 900, null],
    ["4", "with", null, "4"],
    ["5", "after", null, "4"],
  ]);
  assert.deepEqual(said.map(({ cue: number, at }) => [number, at]), [["1", 100]]);
});

test("what follows the cue that stands by comes after its GO", () => {
  const { coming } = toldTo(board(CUES), ["lights"]);
  assert.deepEqual(coming.map(({ when, go }) => [when, go]), [["after", "3"]]);
});

test("in a hold nothing has an instant", () => {
  const { coming } = toldTo(board(CUES, { status: "holding" }), ["laser"]);
  assert.ok(coming.every(({ when }) => when !== "timed"));
});

test("of a run that is over only what was said is left", () => {
  const { coming, said } = toldTo(board(CUES, { status: "ended", standby: null }), ["laser", "lights"]);
  assert.deepEqual(coming, []);
  assert.equal(said.length, 1);
});

test("departments are named once, however they are written", () => {
  assert.deepEqual(departments(board(CUES)), ["laser", "lights"]);
});

test("the cue that stands by is told, of runs that live", () => {
  assert.deepEqual(standingBy(board(CUES)).map(({ cue: one }) => one.number), ["3"]);
  assert.deepEqual(standingBy(board(CUES, { status: "ended" })), []);
});
