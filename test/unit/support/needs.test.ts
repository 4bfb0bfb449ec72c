import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { needs } from "../../support/needs.ts";

const before = process.env["CI"];
afterEach(() => {
  if (before === undefined) delete process.env["CI"];
  else process.env["CI"] = before;
});

test("what is there is no reason to skip", () => {
  assert.equal(needs({ programs: ["sh"] }), false);
});

test("what is missing is named as the reason to skip", () => {
  delete process.env["CI"];
  assert.equal(needs({ programs: ["sh", "no-such-program"] }), "needs the program no-such-program");
});

test("in CI a missing need is a failure", () => {
  process.env["CI"] = "true";
  assert.throws(() => needs({ programs: ["no-such-program"] }), /CI must be able to run this test/);
});
