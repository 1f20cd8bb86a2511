import assert from "node:assert/strict";
import { test } from "node:test";

import { awaits, type Board, bySurface, chosenRun, type Cue, goingOn, inLanguage, type Output, proofOf, type Run, said } from "./board.ts";

const run = (id: string, more: Partial<Run> = {}): Run =>
  ({ run: id, status: "running", start: "auto", in_hand: false, cues: [], standby: null, ...more }) as Run;
const output = (id: string, more: Partial<Output> = {}): Output =>
  ({ output: id, surface: "facade", agreement: "confirmed", routing: "wire", sent_at: 100, ...more }) as Output;
const board = (...outputs: Output[]): Board => ({ outputs }) as Board;

test("words fall back from the language to what the file gives", () => {
  assert.equal(inLanguage({ en: "Out", ko: "끝" }, "ko"), "끝");
  assert.equal(inLanguage({ und: "Out" }, "ko"), "Out");
  assert.equal(inLanguage({ en: "Out" }, "ko"), "Out");
  assert.equal(inLanguage({}, "ko"), "");
});

test("the run in the centre: picked, in hand, standing by for a hand, running", () => {
  const loop = run("loop");
  const ceremony = run("ceremony", { status: "standing by", start: "manual" });
  const laser = run("laser", { in_hand: true });
  assert.equal(chosenRun([loop, ceremony], null), ceremony);
  assert.equal(chosenRun([loop, ceremony, laser], null), laser);
  assert.equal(chosenRun([loop, ceremony, laser], "loop"), loop);
  assert.equal(chosenRun([run("old", { status: "ended" }), loop], null), loop);
  assert.equal(chosenRun([], null), null);
  const mine = run("mine", { in_hand: true, control: { by: "Kim" } as Run["control"] });
  assert.equal(chosenRun([laser, mine], null, "Kim"), mine);
});

test("what went last stands first, then what comes, then what has long run", () => {
  const cue = (number: string, status: string, at: number) =>
    ({ number, status, went: status === "running" ? at : null, due: status === "pending" ? at : null }) as Cue;
  const cues = [cue("2", "running", 1), cue("4", "running", 9), cue("5", "ended", 9), cue("7", "pending", 30), cue("6", "pending", 20)];
  assert.deepEqual(goingOn(run("r", { cues })).map((one) => one.number), ["4", "6", "7", "2"]);
});

test("an unanswered send is `sent` for a moment only", () => {
  assert.equal(awaits("no reply", 1000, 1200), true);
  assert.equal(awaits("no reply", 1000, 9000), false);
  assert.equal(awaits("confirmed", 1000, 1200), false);
  assert.equal(awaits("no reply", null, 1200), false);
});

test("outputs are told by their surface", () => {
  const all = board(output("facade-west"), output("facade-east"), output("laser", { surface: "bridge" }));
  assert.deepEqual(bySurface(all, ["facade-west", "facade-east", "laser"]), [
    { surface: "facade", outputs: ["facade-west", "facade-east"], whole: true },
    { surface: "bridge", outputs: ["laser"], whole: false },
  ]);
});

test("a look confirmed before the GO proves nothing", () => {
  const proof = proofOf(board(output("a"), output("b", { sent_at: 500 })), ["a", "b"], 400);
  assert.deepEqual(proof, { confirmed: 1, asked: 2, differs: 0, unaskable: 0, rehearsed: 0 });
});

test("what is off the wire proves nothing, whatever its simulator says", () => {
  const both = board(output("west", { routing: "simulator" }), output("east"));
  assert.deepEqual(proofOf(both, ["west", "east"], 0), { confirmed: 1, asked: 1, differs: 0, unaskable: 0, rehearsed: 1 });
  assert.deepEqual(both.outputs.map((one) => said(one, 200)), ["simulator", "confirmed"]);
});
