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
