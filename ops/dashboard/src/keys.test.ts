import assert from "node:assert/strict";
import { test } from "node:test";

import { codeOf, Keys, type Pressed } from "./keys.ts";

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

test("back and skip lie beside each other; a held key does neither", () => {
  const keys = new Keys();
  assert.equal(keys.down(press("KeyJ", { key: "ㅓ" }), "page"), "back");
  assert.equal(keys.down(press("KeyK"), "button"), "skip");
  assert.equal(keys.down(press("KeyV"), "page"), "leave");
  for (const code of ["KeyJ", "KeyK", "KeyV"]) assert.equal(keys.down(press(code, { repeat: true }), "page"), null);
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
  assert.equal(keys.down(press("KeyN"), "page"), "note");
  assert.equal(keys.down(press("KeyL"), "page"), "lock");
});

test("with a modifier nothing is called, and Space presses no button either", () => {
  const keys = new Keys();
  for (const how of [{ modified: true }, { shift: true }]) {
    for (const code of ["KeyH", "KeyN", "KeyL", "Escape", "Enter", "Digit6", "ArrowDown"]) {
      assert.equal(keys.down(press(code, how), "page", "typing"), null);
    }
    assert.equal(keys.down(press("Space", how), "button"), "swallow");
  }
  assert.equal(keys.down(SPACE, "page"), "go");
});

test("a number is typed by the digits of either block, and a point only goes on with one", () => {
  const keys = new Keys();
  assert.deepEqual(keys.down(press("Digit6"), "page"), { typed: "6" });
  assert.deepEqual(keys.down(press("Numpad0", { key: "Insert" }), "button"), { typed: "0" });
  assert.equal(keys.down(press("Period"), "page"), null);
  assert.deepEqual(keys.down(press("Period"), "page", "typing"), { typed: "." });
  assert.deepEqual(keys.down(press("NumpadDecimal", { key: "," }), "page", "typing"), { typed: "." });
  assert.equal(keys.down(press("Backspace"), "page"), null);
  assert.equal(keys.down(press("Backspace"), "page", "typing"), "erase");
  assert.equal(keys.down(press("Digit6"), "text"), null);
  assert.equal(keys.down(press("Digit6"), "dialog"), null);
});

test("Esc clears what is typed, and fades out only where nothing is", () => {
  const keys = new Keys();
  assert.equal(keys.down(press("Escape"), "page", "typing"), "clear");
  assert.equal(keys.down(press("Escape"), "page", "selecting"), "fade_out");
});

test("Enter is the cue's that was chosen by keys, whatever button has the focus", () => {
  const keys = new Keys();
  assert.equal(keys.down(press("Enter"), "button", "typing"), "standby");
  assert.equal(keys.down(press("NumpadEnter"), "button", "selecting"), "standby");
});

test("a keyboard that tells no place is believed in what it writes", () => {
  assert.equal(codeOf({ code: "", key: " " }), "Space");
  assert.equal(codeOf({ code: "", key: "Enter" }), "Enter");
  assert.equal(codeOf({ code: "KeyH", key: "ㅗ" }), "KeyH");
});
