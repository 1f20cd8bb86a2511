import assert from "node:assert/strict";
import { test } from "node:test";

import type { Board, Cue, Run } from "./board.ts";
import { positionOf } from "./position.ts";
import { predicted } from "./predicted.ts";
import { touching } from "./touching.ts";

const run = {
  starts: 100,
  ends: 1_000,
  standby: "4",
  brings: ["5"],
  ends_at: null,
  ended_at: null,
  rest: 300,
  cues: [
    { number: "4", does: [{ kind: "play", outputs: ["west"] }] },
    { number: "5", does: [{ kind: "play", outputs: ["laser"] }] },
    { number: "6", does: [{ kind: "play", outputs: ["east"] }] },
  ],
} as unknown as Run;

test("the end is what runs now and then the rest, and not before the slot begins", () => {
  assert.deepEqual(predicted(run, 500), { at: 800, over: -200 });
  assert.deepEqual(predicted({ ...run, ends_at: 900 }, 500), { at: 1_200, over: 200 });
  assert.deepEqual(predicted(run, 0), { at: 400, over: -600 });
  assert.equal(predicted({ ...run, rest: null }, 500), null);
  assert.deepEqual(predicted({ ...run, standby: null, ends_at: 900 }, 500), { at: 900, over: -100 });
  assert.deepEqual(predicted({ ...run, ended_at: 450 }, 500), { at: 450, over: -550 });
  assert.equal(predicted(null, 500), null);
});

const output = (name: string, more: object = {}) => ({
  output: name,
  server: name,
  hazard: null,
  enabled_by: null,
  agreement: "confirmed",
  routing: "wire",
  sent_at: 0,
  evidence: [],
  ...more,
});
const server = (name: string, life: string) => ({ server: name, addresses: [{ which: "backup", life, since: 7 }] });
const board = (outputs: object[], servers: object[] = [], alarms: object[] = []): Board =>
  ({ outputs, servers, alarms }) as unknown as Board;

test("only alarms that touch the next cue, or every cue; the others are counted", () => {
  const alarm = (code: string, outputs: string[] | null) => ({ code, outputs });
  const alarms = [alarm("all", null), alarm("west", ["west"]), alarm("east", ["east"]), alarm("record", [])];
  const found = touching(board([], [], alarms), run, 0);
  assert.deepEqual(found.alarms.map((one) => one.code), ["all", "west"]);
  assert.deepEqual(found.others.map((one) => one.code), ["east", "record"]);
});

test("what the evidence says of the outputs of the next cue and of what it brings", () => {
  const outputs = [
    output("west", { agreement: "differs" }),
    output("laser", { hazard: "laser", agreement: "cannot be asked" }),
    output("east", { agreement: "no reply" }),
  ];
  const servers = [server("west", "silent"), server("laser", "not asked"), server("east", "unreachable")];
  assert.deepEqual(touching(board(outputs, servers), run, 60_000).concerns, [
    { kind: "life", server: "west", which: "backup", life: "silent", since: 7 },
    { kind: "differs", output: "west" },
    { kind: "hazard", output: "laser", hazard: "laser" },
  ]);
});

test("an answer that is still awaited is no concern, nor is an enabled hazard", () => {
  const outputs = [output("west", { agreement: "no reply", sent_at: 900 }), output("laser", { hazard: "laser", enabled_by: "Seo" })];
  assert.deepEqual(touching(board(outputs), run, 1_000).concerns, []);
});

test("a server's own position is believed while it is fresh, and named", () => {
  const cue = { went: 1_000, length: 10_000, does: [{ kind: "play", outputs: ["west"] }] } as unknown as Cue;
  const reporting = (position: unknown, reported_at: number | null, agreement = "no reply") =>
    board([output("west", { evidence: [{ agreement, reported: { position }, reported_at }] })]);
  assert.deepEqual(positionOf(reporting(5_000, 5_500), cue, 6_000), { gone: 5_500, server: "west" });
  assert.deepEqual(positionOf(reporting(5_000, 900), cue, 6_000), { gone: 5_000, server: null });
  assert.deepEqual(positionOf(reporting(5_000, 1_500), cue, 8_000), { gone: 7_000, server: null });
  assert.deepEqual(positionOf(reporting(5_000, 1_500, "confirmed"), cue, 8_000), { gone: 11_500, server: "west" });
  assert.deepEqual(positionOf(reporting(undefined, 5_500), cue, 6_000), { gone: 5_000, server: null });
});
