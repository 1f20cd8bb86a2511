import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board } from "./board.ts";
import type { Press } from "./press.ts";
import { spoken } from "./spoken.ts";
import { en } from "./words/en.ts";
import { ko } from "./words/ko.ts";

const press = { standby: "6", outputs: ["a", "b"], phase: "went", recorded: true, confirmed: false, at: 0, wentAt: 100 } as unknown as Press;
const board = (...said: string[]): Board =>
  ({ outputs: said.map((agreement, n) => ({ output: "ab"[n], routing: "wire", agreement, sent_at: 200 })) }) as unknown as Board;

test("a GO is read aloud when it went and once more when all is confirmed, and not in between", () => {
  const say = (more: Partial<Press>, ...said: string[]) => spoken({ ...press, ...more }, board(...said), en, "en");
  assert.equal(spoken(null, board(), en, "en"), "");
  assert.equal(say({ phase: "pressed" }, "no reply", "no reply"), "");
  assert.equal(say({ phase: "sent" }, "no reply", "no reply"), "");
  assert.equal(say({}, "no reply", "no reply"), "GO 6 went");
  assert.equal(say({}, "confirmed", "no reply"), "GO 6 went");
  assert.equal(say({}, "confirmed", "confirmed"), "GO 6 went, confirmed 2/2");
  assert.equal(say({ confirmed: true }, "no reply", "no reply"), "GO 6 went, confirmed 2/2");
  assert.equal(say({ recorded: false }, "no reply", "no reply"), "GO 6 went, not recorded");
});

test("a refusal is told in the language of the page, where the player told it so", () => {
  const reasons = { en: "6 went 0.4 s ago, by Lee", ko: "6번은 0.4초 전에 Lee 실행" };
  const refused = { ...press, phase: "refused", reasons, status: 409, by: "Lee" } as Press;
  assert.equal(spoken(refused, board(), en, "en"), "GO 6 refused: 6 went 0.4 s ago, by Lee");
  assert.equal(spoken(refused, board(), ko, "ko"), "GO 6 거부됨: 6번은 0.4초 전에 Lee 실행");
  const locked = { ...refused, status: 423, reasons: { en: "This session is locked." } } as Press;
  assert.equal(spoken(locked, board(), ko, "ko"), "GO 6 거부됨: 잠긴 세션입니다");
});
