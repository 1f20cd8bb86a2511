import assert from "node:assert/strict";
import { test } from "node:test";

import type { Run } from "./board.ts";
import { ABANDONED, current, erase, meant, NOTHING, type, type Typed } from "./typed.ts";

const run = { cues: ["1", "2", "6", "6.5", "6A", "10"].map((number) => ({ number })) } as Run;
const typed = (text: string): Typed => [...text].reduce((so, char) => type(so, char, 0), NOTHING);

test("a number is what was typed, or how it would be read", () => {
  assert.equal(meant(typed("6.5"), run), "6.5");
  assert.equal(meant(typed("06"), run), "6");
  assert.equal(meant(typed("6."), run), "6");
  assert.equal(meant(typed("66"), run), null);
  assert.equal(meant(NOTHING, run), null);
  assert.equal(meant(typed("6"), null), null);
});

test("where two cues would be read the same, only the one that is written so is meant", () => {
  const twins = { cues: [{ number: "6.5" }, { number: "6.50" }] } as Run;
  assert.equal(meant(typed("6.50"), twins), "6.50");
  assert.equal(meant(typed("06.5"), twins), null);
});

test("the last character can be taken back", () => {
  assert.equal(erase(typed("10"), 0).text, "1");
});

test("what was left half typed joins nothing", () => {
  assert.equal(current(typed("6"), ABANDONED - 1).text, "6");
  assert.equal(current(typed("6"), ABANDONED).text, "");
  assert.equal(type(typed("6"), "8", ABANDONED).text, "8");
});

test("after a number that the run has not, the next digit begins anew", () => {
  assert.equal(type({ ...typed("66"), unknown: true }, "8", 1).text, "8");
});
