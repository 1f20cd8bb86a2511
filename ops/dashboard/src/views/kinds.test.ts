import assert from "node:assert/strict";
import { test } from "node:test";

import { GROUPS, kindsOf, pageOf, recordQuery } from "./kinds.ts";

test("without a kind it is the cue sheet; a group or kinds may be named", () => {
  assert.equal(kindsOf([]).group, "sheet");
  assert.deepEqual(kindsOf(["calls"]), { group: "calls", kinds: GROUPS.calls });
  assert.deepEqual(kindsOf(["cue_went", "refused"]), { group: null, kinds: ["cue_went", "refused"] });
  const all = new Set<string>(kindsOf(["all"]).kinds);
  assert.ok(Object.values(GROUPS).flat().every((kind) => all.has(kind)));
});

test("what is chosen is what the service is asked, and empty choices are none", () => {
  const query = recordQuery(new URLSearchParams("night=2025-08-28&kind=alarms&surface=facade&by=Kim&text=+&page=3"));
  assert.equal(query.toString(), "kind=alarm&surface=facade&by=Kim");
  assert.equal(recordQuery(new URLSearchParams()).toString(), "sheet=true");
});

test("a page is a whole number from one on", () => {
  assert.equal(pageOf(new URLSearchParams("page=7")), 7);
  for (const wrong of ["page=0", "page=x", "page=1.5", ""]) assert.equal(pageOf(new URLSearchParams(wrong)), 1);
});
