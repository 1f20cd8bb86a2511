import assert from "node:assert/strict";
import { test } from "node:test";

import { address, chosen, linkSecret, placeAt, viewAt, VIEWS } from "./places.ts";

test("each view has an address that leads to it", () => {
  for (const view of VIEWS) assert.equal(viewAt(address(view)), view);
  assert.equal(viewAt("/call"), "call");
  assert.equal(viewAt("/clock/"), "clock");
});

test("a path that is no view is none", () => {
  assert.equal(viewAt("/nights"), null);
  assert.equal(viewAt("/clock/2025-08-28"), null);
});

test("choices stand in the query and are read from it", () => {
  const { view, choices } = placeAt("/clock", "?surface=facade&surface=bridge");
  assert.equal(view, "clock");
  assert.deepEqual(choices.getAll("surface"), ["facade", "bridge"]);
  assert.equal(address(view, chosen(choices, "surface", "bridge")), "/clock?surface=bridge");
  assert.equal(address(view, chosen(choices, "surface")), "/clock");
});

test("a choice that changes leaves the others and the former choices alone", () => {
  const before = new URLSearchParams("night=2025-08-28&kind=refused");
  assert.equal(chosen(before, "night", "2025-08-29").toString(), "kind=refused&night=2025-08-29");
  assert.equal(before.get("night"), "2025-08-28");
});

test("a link's secret is in the fragment, and nothing else is one", () => {
  assert.equal(linkSecret("#link=aB-_3"), "aB-_3");
  assert.equal(linkSecret("#link="), null);
  assert.equal(linkSecret("#main"), null);
  assert.equal(linkSecret(""), null);
});
