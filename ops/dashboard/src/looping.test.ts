import assert from "node:assert/strict";
import { test } from "node:test";

import type { Cue, Run } from "./board.ts";
import { loopOf } from "./looping.ts";

const cue = (number: string, more: Partial<Cue> = {}): Cue => ({ number, continues: "none", skip: false, ...more }) as Cue;
const run = (...cues: Cue[]): Run =>
  ({ cues, looping: { cue: "2", to: "1", turn: 3, times: null, leaving: false } }) as unknown as Run;

test("after a loop comes the next cue that is not passed over", () => {
  const found = loopOf(run(cue("1"), cue("2"), cue("3", { skip: true }), cue("4", { continues: "follow" })));
  assert.equal(found?.then?.number, "4");
  assert.deepEqual([found?.from, found?.to, found?.turn], ["1", "2", 3]);
});

test("after a loop that ends the sequence comes nothing", () => {
  assert.equal(loopOf(run(cue("1"), cue("2"), cue("3", { skip: true })))?.then, null);
  assert.equal(loopOf(null), null);
});
