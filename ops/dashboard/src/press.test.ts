import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board, Cue, Run } from "./board.ts";
import { begin, inFlight, isConfirmed, together } from "./press.ts";

const cue = (number: string, continues: Cue["continues"], ...outputs: string[]): Cue =>
  ({ number, name: { und: number }, continues, does: [{ outputs }] }) as unknown as Cue;
const cues = [cue("4", "none", "a"), cue("5", "with", "b"), cue("6", "follow", "c"), cue("6.5", "with", "d")];
const run = { run: "r", standby: "4", standby_count: 7, cues } as unknown as Run;
const press = begin(run, cues[0] as Cue, 1000, "id");

test("a press carries what was seen, and the outputs of all that goes with it", () => {
  assert.deepEqual(together(run, cues[0] as Cue).map((one) => one.number), ["4", "5"]);
  assert.deepEqual([press.standby, press.standby_count, press.request], ["4", 7, "id"]);
  assert.deepEqual(press.outputs, ["a", "b"]);
});

test("no second press while one is in flight, or a moment after", () => {
  assert.equal(inFlight(null, 0), false);
  assert.equal(inFlight(press, 99_000), true);
  const went = { ...press, phase: "went" as const, answeredAt: 1100 };
  assert.equal(inFlight(went, 1200), true);
  assert.equal(inFlight(went, 1400), false);
  assert.equal(inFlight({ ...press, phase: "refused", answeredAt: 1100 }, 1101), false);
});

test("confirmed is when every output it touched is, by what was sent since", () => {
  const said = (agreement: string, sent_at: number) =>
    ({ outputs: ["a", "b"].map((output) => ({ output, routing: "wire", agreement, sent_at })) }) as unknown as Board;
  const went = { ...press, phase: "went" as const, wentAt: 1010 };
  assert.equal(isConfirmed(went, said("confirmed", 1012)), true);
  assert.equal(isConfirmed(went, said("confirmed", 500)), false);
  assert.equal(isConfirmed(went, said("no reply", 1012)), false);
  assert.equal(isConfirmed({ ...went, phase: "sent" }, said("confirmed", 1012)), false);
});
