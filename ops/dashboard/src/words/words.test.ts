import assert from "node:assert/strict";
import { test } from "node:test";

import { en } from "./en.ts";
import { ko } from "./ko.ts";

type Entry = string | ((...values: never[]) => string) | { [key: string]: Entry };

const HANGUL = /[가-힣]/;
/** The same in both languages: names, units, what only stands around given words. */
const SAME = new Set([
  "otherLanguage", // in the other language by its nature
  "version",
  "clip",
  "go",
  "goNumber",
  "offset",
  "facadeLength",
  "metres",
  "to come",
  "offsetOf",
]);

function* strings(words: Record<string, Entry>): Generator<[string, string]> {
  for (const [key, entry] of Object.entries(words)) {
    if (typeof entry === "string") yield [key, entry];
    else if (typeof entry === "function") yield [key, (entry as (...v: unknown[]) => string)("1", "2")];
    else yield* strings(entry);
  }
}

test("every string is there in Korean, in Korean", () => {
  const missing = [...strings(ko)].filter(([key, text]) => !SAME.has(key) && !HANGUL.test(text));
  assert.deepEqual(missing, []);
});

test("no Korean is left in English but the name of the other language", () => {
  const found = [...strings(en)].filter(([key, text]) => key !== "otherLanguage" && HANGUL.test(text));
  assert.deepEqual(found, []);
});

test("both languages have the same keys", () => {
  assert.deepEqual(Object.keys(ko).sort(), Object.keys(en).sort());
  assert.deepEqual([...strings(ko)].map(([key]) => key).sort(), [...strings(en)].map(([key]) => key).sort());
});
