import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board } from "../board.ts";
import type { NightReply } from "./fetching.ts";
import { along, asRecorded, axis, lateness, tonight } from "./night.ts";

const EIGHT = Date.parse("2025-08-28T20:00:00+09:00");
const MINUTE = 60_000;

const reply: NightReply = {
  night: "2025-08-28",
  festival: "fall",
  title: { en: "Fall" },
  time_zone: "Asia/Seoul",
  version: 3,
  starts: null,
  ends: null,
  surfaces: [{ surface: "facade", title: { en: "Facade", ko: "외벽" }, kind: "facade", curfew: "2025-08-28T13:30:00.000Z" }],
  slots: [
    {
      slot: "loop.1", surface: "facade", title: { en: "Loop" }, programme: "base", start: null,
      starts: "2025-08-28T11:00:00.000Z", ends: "2025-08-28T11:26:00.000Z", planned: true, displaced_by: "opening", runs: [],
    },
    {
      slot: "opening", surface: "facade", title: { en: "Opening" }, programme: "special", start: "manual",
      starts: "2025-08-28T11:00:00.000Z", ends: "2025-08-28T11:30:00.000Z", planned: true, displaced_by: null,
      runs: [{
        run: "fall.2025-08-28.opening", status: "ended", stood_by_at: "2025-08-28T11:00:00.000Z",
        started_at: "2025-08-28T11:04:12.000Z", ended_at: "2025-08-28T11:35:00.000Z", callers: ["Kim", "Lee"], reason: null, texts: { en: "ends" }, routing: {},
        cues: [{ cue: "1", name: { en: "Dark" }, at: "2025-08-28T11:04:12.000Z", how: "GO", late: 0, by: "Kim", routing: {} }],
      }],
    },
    {
      slot: "extra", surface: "bridge", title: {}, programme: null, start: null, starts: null, ends: null,
      planned: false, displaced_by: null, runs: [],
    },
  ],
};

test("a recorded night has a lane for each surface, those of another version too", () => {
  const shown = asRecorded(reply);
  assert.deepEqual(shown.lanes.map(({ surface }) => surface), ["facade", "bridge"]);
  const [loop, opening] = shown.lanes[0]?.slots ?? [];
  assert.equal(loop?.status, "displaced");
  assert.deepEqual(loop?.displacedBy, { en: "Opening" });
  assert.equal(opening?.status, "ended");
  assert.deepEqual(opening?.runs[0]?.by, ["Kim", "Lee"]);
  assert.deepEqual(shown.lanes[1]?.slots[0]?.title, { und: "extra" });
});

test("lateness is of the start, and unknown without one", () => {
  const opening = asRecorded(reply).lanes[0]?.slots[1];
  assert.ok(opening?.runs[0]);
  assert.equal(lateness(opening, opening.runs[0]), 4 * MINUTE + 12_000);
  assert.equal(lateness({ ...opening, starts: null }, opening.runs[0]), null);
});

test("the axis reaches from the first start to the curfew, in whole steps", () => {
  const found = axis(asRecorded(reply), null);
  assert.ok(found);
  assert.equal(found.from, EIGHT);
  assert.equal(found.to, EIGHT + 150 * MINUTE);
  assert.equal(found.marks.length, 11);
  assert.equal(along(found, EIGHT + 75 * MINUTE), 0.5);
  assert.equal(along(found, 0), 0);
});

test("the present widens the axis where it is near, and leaves it alone at noon", () => {
  const shown = asRecorded(reply);
  assert.equal(axis(shown, EIGHT - 20 * MINUTE)?.from, EIGHT - 30 * MINUTE);
  assert.equal(axis(shown, EIGHT - 480 * MINUTE)?.from, EIGHT);
  assert.equal(axis({ ...shown, lanes: [] }, null), null);
});

test("tonight is the board's, with who has control", () => {
  const slot = {
    slot: "opening", run: "r", surface: "facade", title: {}, status: "running", start: "manual", starts: EIGHT, ends: EIGHT, reason: null, reasons: {},
  };
  const run = {
    run: "r", slot: "opening", night: "2025-08-28", status: "running", in_hand: true, by: "Kim", control: { by: "Lee" },
    started_at: EIGHT, ended_at: null,
    cues: [{ number: "2", name: {}, went: EIGHT + 1 }, { number: "1", name: {}, went: EIGHT }, { number: "3", name: {}, went: null }],
  };
  const displaced = { ...slot, slot: "loop.1", run: null, status: "displaced", reason: "displaced by opening", reasons: { en: "displaced by opening" } };
  const board = {
    night: "2025-08-28", title: {}, time_zone: "Asia/Seoul", version: 1,
    surfaces: [{ surface: "facade", title: {}, curfew: null }], slots: [slot, displaced], runs: [run],
  } as unknown as Board;
  const [shown, other] = tonight(board)?.lanes[0]?.slots ?? [];
  assert.deepEqual(shown?.runs[0]?.by, ["Lee"]);
  assert.deepEqual(shown?.runs[0]?.cues.map(({ number }) => number), ["1", "2"]);
  assert.deepEqual(other?.displacedBy, { und: "opening" });
  assert.equal(other?.reason, null);
  assert.equal(tonight({ ...board, night: null }), null);
});
