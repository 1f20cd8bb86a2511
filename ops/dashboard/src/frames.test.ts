import assert from "node:assert/strict";
import { test } from "node:test";

import { backoff, fold, resumeQuery, type Snapshot } from "./frames.ts";

const document = (number: number, feed = "a"): Snapshot => ({ feed, number, night: "n" }) as Snapshot;

test("changes replace top-level values, and move the number on", () => {
  const after = fold(document(3), { number: 5, changes: { volatile: true } });
  assert.deepEqual([after?.number, after?.volatile, after?.night], [5, true, "n"]);
});

test("what is older changes nothing", () => {
  const now = document(5);
  assert.equal(fold(now, { number: 5, changes: { volatile: true } }), now);
  assert.equal(fold(now, document(4)), now);
});

test("a newer snapshot replaces all, as does any of another feed", () => {
  assert.equal(fold(document(5), document(9))?.number, 9);
  assert.equal(fold(document(5), document(0, "b"))?.feed, "b");
});

test("changes without a document are of no use", () => {
  assert.equal(fold(null, { number: 5, changes: {} }), null);
});

test("a frame that is not known changes nothing", () => {
  const now = document(5);
  assert.equal(fold(now, { number: 9, news: {} } as never), now);
});

test("a feed is taken up where it broke off", () => {
  assert.equal(resumeQuery(null), "");
  assert.equal(resumeQuery(document(7, "a b")), "?feed=a%20b&number=7");
});

test("tries come further apart, with jitter, and never more than some seconds", () => {
  assert.equal(backoff(0, 0.5), 250);
  assert.equal(backoff(2, 0.5), 1000);
  assert.equal(backoff(0, 0), 188);
  assert.ok(backoff(50, 1) <= 6250);
});
