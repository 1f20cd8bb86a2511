import assert from "node:assert/strict";
import { test } from "node:test";

import { left, nightDate, offset, short, span, wallMinute, wallTime } from "./times.ts";

const AT = Date.UTC(2025, 7, 28, 11, 10, 4);

test("the venue's wall, wherever the page is looked at", () => {
  assert.equal(wallTime(AT, "Asia/Seoul"), "20:10:04");
  assert.equal(wallMinute(Date.UTC(2025, 7, 28, 15, 0), "Asia/Seoul"), "00:00");
});

test("what has passed is rounded down, what is left is rounded up", () => {
  assert.equal(span(61_999), "1:01");
  assert.equal(left(61_001), "1:02");
  assert.equal(left(0), "0:00");
  assert.equal(left(3_600_000), "1:00:00");
  assert.equal(span(-5_000), "−0:05");
});

test("short lengths carry their unit", () => {
  assert.equal(short(400), "0.4 s");
  assert.equal(short(10_000), "10 s");
  assert.equal(short(180_000), "3:00");
});

test("a night's date in both languages", () => {
  assert.equal(nightDate("2025-08-28", "en"), "Thu 28 Aug 2025");
  assert.match(nightDate("2025-08-28", "ko"), /^2025년 8월 28일/);
  assert.equal(nightDate("no date", "en"), "no date");
});

test("a clock's offset is told as finely as it is small", () => {
  assert.deepEqual(offset(-12.4, 0.2), ["−12 ms", "1 ms"]);
  assert.deepEqual(offset(420, 3.1), ["+0.42 s", "4 ms"]);
  assert.deepEqual(offset(75_000, 20), ["+1:15", "20 ms"]);
  assert.deepEqual(offset(-86_400_000 * 3, 2), ["−3 d", "2 ms"]);
});
