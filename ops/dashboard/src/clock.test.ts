import assert from "node:assert/strict";
import { test } from "node:test";

import { STALE_AFTER, VenueClock } from "./clock.ts";

const at = (ms: number, slept = 0) => ({ steady: ms, wall: 500_000 + ms + slept });

test("the heartbeat with the shortest way sets the clock", () => {
  const clock = new VenueClock();
  clock.hear(10_000, at(80));
  clock.hear(10_200, at(205));
  clock.hear(10_400, at(490));
  assert.equal(clock.now(at(490)), 10_485);
});

test("without a heartbeat the time is the page's own, and silence is unknown", () => {
  const clock = new VenueClock();
  assert.equal(clock.now(at(7)), 500_007);
  assert.equal(clock.silence(at(7)), null);
});

test("a document sets the clock, and is no heartbeat", () => {
  const clock = new VenueClock();
  clock.read(10_000, at(0));
  assert.equal(clock.now(at(50)), 10_050);
  assert.equal(clock.silence(at(50)), null);
});

test("a measured way there and back is believed before the beats, and tells how sure it is", () => {
  const clock = new VenueClock();
  clock.hear(10_000, at(80));
  assert.deepEqual(clock.measured(at(80))?.error, null);
  clock.measure(100, 10_060, at(140));
  clock.measure(200, 10_122, at(206));
  clock.measure(300, 10_300, at(900));
  assert.equal(clock.now(at(206)), 10_125);
  assert.deepEqual(clock.measured(at(206)), { ahead: 10_125 - 500_206, error: 3 });
});

test("what was measured long ago gives way to what is measured now", () => {
  const clock = new VenueClock();
  clock.hear(1_000, at(0));
  clock.measure(0, 1_001, at(2));
  clock.measure(70_000, 71_000, at(70_040));
  assert.equal(clock.measured(at(70_040))?.error, 20);
});

test("an answer to what was asked before a sleep is not believed", () => {
  const clock = new VenueClock();
  clock.hear(1_000, at(0));
  clock.measure(0, 1_001, at(2, 60_000));
  assert.equal(clock.measured(at(2, 60_000)), null);
});

test("silence grows from the last heartbeat", () => {
  const clock = new VenueClock();
  clock.hear(10_000, at(0));
  assert.equal(clock.silence(at(STALE_AFTER + 1)), STALE_AFTER + 1);
});

test("a heartbeat that was long on its way does not make the page fresh", () => {
  const clock = new VenueClock();
  clock.hear(10_000, at(0));
  clock.hear(10_200, at(5_000));
  assert.equal(clock.silence(at(5_000)), 4_800);
});

test("after a sleep the page is stale until the player is heard, and then right", () => {
  const clock = new VenueClock();
  clock.hear(10_000, at(0));
  clock.glance(at(100));
  assert.ok((clock.silence(at(200, 60_000)) ?? 0) >= 60_000);
  clock.hear(70_300, at(300, 60_000));
  assert.equal(clock.now(at(300, 60_000)), 70_300);
  assert.equal(clock.silence(at(300, 60_000)), 0);
});
