import assert from "node:assert/strict";
import { test } from "node:test";

import { deeds } from "./acting.ts";
import type { Board, Cue, Do } from "./board.ts";
import { en } from "./words/en.ts";
import { ko } from "./words/ko.ts";

const BOARD = { outputs: [{ output: "facade-west", surface: "facade" }] } as unknown as Board;
const NOTHING = { clip: null, clip_name: null, work: null, value: null, fade: 0, to: null, address: null, args: [], sequence: null, server: null, which: null };
const cue = (...does: Partial<Do>[]): Cue => ({ length: null, does: does.map((one) => ({ outputs: ["facade-west"], ...NOTHING, ...one })) }) as unknown as Cue;

test("every kind of action is told in words", () => {
  const told = cue(
    { kind: "load", clip_name: "TIDE" },
    { kind: "seek", to: 90_000 },
    { kind: "osc", address: "/light", args: ["i:1"] },
    { kind: "start", outputs: [], sequence: "tide" },
    { kind: "end", outputs: [], sequence: "tide" },
    { kind: "on_air", outputs: [], server: "west", which: "backup" },
  );
  assert.deepEqual(deeds(BOARD, told, en, "en").map(({ where, what }) => [where, what]), [
    ["facade west", "load TIDE"],
    ["facade west", "go to 1:30"],
    ["facade west", "/light i:1"],
    ["", "starts tide"],
    ["", "ends tide"],
    ["", "west backup on air"],
  ]);
  assert.ok(deeds(BOARD, told, ko, "ko").every(({ what }) => /[가-힣/]/.test(what)));
});
