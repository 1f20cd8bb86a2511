import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board } from "../board.ts";
import { comingNext, curfewOf, runningNow } from "./coming.ts";

const CUES = [
  { number: "1", name: { en: "One" }, status: "running", went: 1_000, due: null, length: 60_000, does: [], continues: "none" },
  { number: "2", name: { en: "Two" }, status: "pending", went: null, due: 61_000, length: 0, does: [], continues: "follow" },
  { number: "3", name: {}, status: "standing by", went: null, due: null, length: null, does: [], continues: "none" },
];

function board(run: object = {}, slots: object[] = []): Board {
  const alive = { run: "r", surface: "facade", status: "running", standby: "3", in_hand: true, starts: 0, cues: CUES, ...run };
  return {
    runs: [alive], slots, outputs: [],
    surfaces: [{ surface: "facade", title: {}, curfew: 500_000 }, { surface: "bridge", title: {}, curfew: 300_000 }],
  } as unknown as Board;
}

function slot(name: string, start: "auto" | "manual", starts: number, status = "planned"): object {
  return { slot: name, surface: "facade", title: {}, status, start, starts, ends: starts + 1000 };
}

test("what is left of what runs is counted by our clock where no server tells", () => {
  const now = runningNow(board(), ["facade"], 11_000);
  assert.deepEqual([now?.number, now?.left, now?.gone, now?.server], ["1", 50_000, 10_000, null]);
  assert.equal(runningNow(board(), ["bridge"], 11_000), null);
});

test("a cue of unknown length has no time left, only so far", () => {
  const [first] = CUES;
  const now = runningNow(board({ cues: [{ ...first, length: null }] }), ["facade"], 11_000);
  assert.deepEqual([now?.left, now?.gone], [null, 10_000]);
});

test("what comes by itself has an instant, what waits for a GO has none", () => {
  const next = comingNext(board(), ["facade"], 11_000);
  assert.deepEqual(next.map(({ number, at, how }) => [number, at, how]), [
    ["2", 61_000, "by itself"],
    ["3", null, "waits for GO"],
  ]);
  assert.deepEqual(next[1]?.title, { und: "3" });
});

test("in a hold nothing comes by itself", () => {
  const next = comingNext(board({ status: "holding" }), ["facade"], 11_000);
  assert.deepEqual(next.map(({ how }) => how), ["waits for GO"]);
});

test("slots come after the runs, and those that are over or displaced do not", () => {
  const slots = [slot("a", "auto", 90_000), slot("b", "manual", 95_000), slot("c", "auto", 5_000), slot("d", "auto", 99_000, "displaced")];
  const next = comingNext(board({ status: "ended" }, slots), ["facade"], 11_000);
  assert.deepEqual(next.map(({ title, how }) => [title["und"], how]), [["a", "starts"], ["b", "stands by"]]);
});

test("while automation is off no auto slot has an instant", () => {
  const slots = [slot("a", "auto", 90_000), slot("b", "manual", 95_000)];
  const off = { ...board({ status: "ended" }, slots), automation_off: { by: "Lee", at: 0, reason: null } } as Board;
  assert.deepEqual(comingNext(off, ["facade"], 11_000).map(({ at, how }) => [at, how]), [
    [null, "automation is off"],
    [95_000, "stands by"],
  ]);
});

test("curfew is the next of these surfaces, and the last where all are past", () => {
  assert.equal(curfewOf(board(), ["facade", "bridge"], 0)?.surface, "bridge");
  assert.equal(curfewOf(board(), ["facade", "bridge"], 400_000)?.surface, "facade");
  assert.equal(curfewOf(board(), ["facade", "bridge"], 900_000)?.surface, "facade");
  assert.equal(curfewOf(board(), [], 0), null);
});
