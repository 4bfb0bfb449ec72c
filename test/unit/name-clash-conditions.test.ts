import assert from "node:assert/strict";
import { test } from "node:test";
import { Conditions } from "../../server/conditions/conditions.ts";
import { nameClashConditions } from "../../server/name-clash-conditions.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const user = (name: string) => ({ id: name, name });
const ANNAS = [user("\u00c4nna"), user("\u00e4nna"), user("a\u0308nna")];
const BOS = [user("B\u00f6"), user("b\u00f6")];

test("each clash is a condition that names the users, says what to do, and ends with the clash", () => {
  const clock = new VirtualClock();
  const conditions = new Conditions(clock, { warn() {}, info() {} });
  const told = nameClashConditions(conditions);
  const held = () => conditions.all().map(({ code, subject }) => `${code} ${subject}`);
  told([ANNAS, BOS]);
  assert.deepEqual(held(), ["name-clash \u00e4nna", "name-clash b\u00f6"]);
  assert.match(
    conditions.all()[0]!.sentence,
    /"\u00c4nna" and "\u00e4nna" and "a\\u\{308\}nna".*pacctl user rename/,
  );
  assert.ok(conditions.all().every(({ ready }) => ready));
  told([ANNAS.slice(1), BOS]);
  assert.doesNotMatch(conditions.all()[0]!.sentence, /"\u00c4nna"/);
  told([BOS]);
  assert.deepEqual(held(), ["name-clash b\u00f6"]);
  told([]);
  assert.deepEqual(held(), []);
});
