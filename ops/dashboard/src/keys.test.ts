import assert from "node:assert/strict";
import { test } from "node:test";

import { Keys, type Pressed } from "./keys.ts";

const press = (code: string, more: Partial<Pressed> = {}): Pressed => ({
  code,
  key: code,
  repeat: false,
  modified: false,
  shift: false,
  ...more,
});
const SPACE = press("Space");

test("Space is GO once, until it has come up", () => {
  const keys = new Keys();
  assert.equal(keys.down(SPACE, "page"), "go");
  assert.equal(keys.down(press("Space", { repeat: true }), "page"), "swallow");
  assert.equal(keys.down(SPACE, "page"), "swallow");
  assert.equal(keys.up("Space", "page"), true);
  assert.equal(keys.down(SPACE, "page"), "go");
});

test("a key-up that went to another window does not leave GO dead", () => {
  const keys = new Keys();
  keys.down(SPACE, "page");
  keys.blur();
  assert.equal(keys.down(press("Space", { repeat: true }), "page"), "swallow");
  assert.equal(keys.down(SPACE, "page"), "go");
});

test("Space on a button is GO and never that button", () => {
  const keys = new Keys();
  assert.equal(keys.down(SPACE, "button"), "go");
  assert.equal(keys.up("Space", "button"), true);
});

test("text fields and dialogs keep their keys", () => {
  const keys = new Keys();
  for (const code of ["Space", "Escape", "KeyH", "Enter", "ArrowDown"]) {
    assert.equal(keys.down(press(code), "text"), null);
    assert.equal(keys.down(press(code), "dialog"), null);
  }
  assert.equal(keys.up("Space", "dialog"), false);
  assert.equal(keys.down(press("Enter", { repeat: true }), "dialog"), "swallow");
});

test("keys are known by their place, whatever is being written", () => {
  const keys = new Keys();
  assert.equal(keys.down(press("Space", { key: "Process" }), "page"), "go");
  assert.equal(keys.down(press("KeyH", { key: "ㅗ" }), "page"), "hold");
});

test("Enter stands a cue by, but presses a button that has the focus", () => {
  const keys = new Keys();
  assert.equal(keys.down(press("Enter"), "page"), "standby");
  assert.equal(keys.down(press("Enter"), "button"), null);
  assert.equal(keys.down(press("Enter", { repeat: true }), "button"), "swallow");
});

test("the other keys", () => {
  const keys = new Keys();
  assert.equal(keys.down(press("Escape"), "page"), "fade_out");
  assert.equal(keys.down(press("Escape", { repeat: true }), "page"), null);
  assert.equal(keys.down(press("ArrowDown", { repeat: true }), "page"), "down");
  assert.equal(keys.down(press("Slash", { key: "?", shift: true }), "page"), "keys");
  assert.equal(keys.down(press("KeyH", { modified: true }), "page"), null);
  assert.equal(keys.down(press("Space", { modified: true }), "page"), null);
});
