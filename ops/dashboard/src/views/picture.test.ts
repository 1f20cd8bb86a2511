import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board, Output, Surface } from "../board.ts";
import { pictureOf, wishesOf } from "./picture.ts";

const FACADE = { surface: "facade", title: {}, kind: "facade", length: 222, curfew: null } as Surface;
const CREDITS = [
  { work: "valley", title: { en: "The Valley" }, artists: [{ artist: "choi", name: { ko: "최세훈" } }], surfaces: ["facade"] },
];

function output(name: string, x: number | null, changes: Partial<Output> = {}): Output {
  return {
    output: name, surface: "facade", server: name, x, width: x === null ? null : 74, clip: 5, clip_name: "VALLEY", work: "valley",
    work_title: { en: "The Valley" }, level: 1, dark: false, wants_light: true, lit: true, agreement: "confirmed", routing: "wire", sent_at: null,
    ...changes,
  } as Output;
}

function board(...outputs: Output[]): Board {
  return { outputs } as unknown as Board;
}

test("neighbours that show the same work are one picture with one credit", () => {
  const [piece, ...more] = pictureOf(board(output("w", 0), output("c", 74), output("e", 148)), FACADE, CREDITS, 0, false);
  assert.deepEqual(more, []);
  assert.deepEqual(piece?.outputs, ["w", "c", "e"]);
  assert.deepEqual([piece?.x, piece?.width], [0, 1]);
  assert.deepEqual(piece?.artists, [{ ko: "최세훈" }]);
});

test("what no server has confirmed is dark, and so is everything that is old", () => {
  const dark = output("c", 74, { lit: false, agreement: "no reply" });
  const pieces = pictureOf(board(output("w", 0), dark, output("e", 148)), FACADE, CREDITS, 0, false);
  assert.deepEqual(pieces.map(({ lit }) => lit), [true, false, true]);
  assert.equal(pieces[1]?.said, "no reply");
  assert.ok(pictureOf(board(output("w", 0)), FACADE, CREDITS, 0, true).every(({ lit }) => !lit));
});

test("a wish is told whether or not it is confirmed", () => {
  const dark = output("c", 74, { lit: false, agreement: "no reply" });
  const [wish, ...more] = wishesOf(board(output("w", 0), dark, output("e", 148)), FACADE, CREDITS);
  assert.deepEqual(more, []);
  assert.ok(wish?.light);
});

test("without a credit nobody is named, and a clip that is no work has neither title nor makers", () => {
  const [unknown] = pictureOf(board(output("w", 0)), FACADE, [], 0, false);
  assert.equal(unknown?.artists, null);
  assert.deepEqual(unknown?.title, { en: "The Valley" });
  const [loop] = pictureOf(board(output("w", 0, { work: null, work_title: {}, clip_name: null, clip: 1 })), FACADE, CREDITS, 0, false);
  assert.deepEqual([loop?.title, loop?.artists, loop?.clip], [null, null, "1"]);
});

test("outputs without a place share the surface, and gaps keep neighbours apart", () => {
  const even = pictureOf(board(output("a", null), output("b", null, { clip: 6, clip_name: "B" })), FACADE, CREDITS, 0, false);
  assert.deepEqual(even.map(({ x, width }) => [x, width]), [[0, 0.5], [0.5, 0.5]]);
  assert.equal(pictureOf(board(output("w", 0), output("e", 148)), FACADE, CREDITS, 0, false).length, 2);
});
