import assert from "node:assert/strict";
import { test } from "node:test";

import type { Timecode } from "./board.ts";
import { hours, positionAt } from "./timecodes.ts";

const HOUR = 3_600_000;
const at = (status: string, position = 10 * HOUR): Timecode => ({ status, position, at: 1_000 }) as Timecode;

test("a timecode goes on while it runs or freewheels, and stands otherwise", () => {
  assert.equal(hours(positionAt(at("running"), 63_000)), "10:01:02");
  assert.equal(hours(positionAt(at("freewheeling"), 1_999)), "10:00:00");
  for (const status of ["lost", "stopped", "silent"]) assert.equal(positionAt(at(status), 63_000), 10 * HOUR);
});

test("after the last second of the day comes the first", () => {
  assert.equal(hours(positionAt(at("running", 24 * HOUR - 500), 2_000)), "00:00:00");
});
