import assert from "node:assert/strict";
import { test } from "node:test";
import { effectsFirst, oneAfterAnother } from "../../../../server/ppp/link-common/transition.ts";

test("one transition after another has the effects of both, in that order, and sees what the first came to", () => {
  const both = oneAfterAnother<string, string>(["a", "1", "2"], (phase) => [`${phase}b`, "3"]);
  assert.deepEqual(both, ["ab", "1", "2", "3"]);
});

test("effects in front of a transition leave its phase alone", () => {
  assert.deepEqual(effectsFirst<string, string>(["0"], ["a", "1"]), ["a", "0", "1"]);
});
