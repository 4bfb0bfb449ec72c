import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordObjection } from "../../../server/policy/password-rule.ts";

const CIRCUMSTANCES = { name: "anna", minLength: 12, isOld: false };

for (const password of [
  "Correct-horse",
  "correct-horse-7",
  "CORRECT 12345",
  "Abcdefghijk1",
  "Größe12345678",
  "密码Password9999",
  "Aa1".repeat(4),
  `${"Aa1".repeat(85)}x`,
  "Ann-and-Anne7",
])
  test(`a password of ${[...password].length} characters like ${password.slice(0, 16)} is good`, () =>
    assert.equal(passwordObjection(password, CIRCUMSTANCES), undefined));

for (const [password, why, more = {}] of [
  ["", /is too short; it must have at least 12/],
  ["Correct-hor", /is too short/],
  ["Correct-1🔑", /is too short/],
  [`${"Aa1".repeat(85)}xx`, /too long; 256 characters are the most/],
  ["correct-horse", /three of these/],
  ["CORRECTHORSE", /three of these/],
  ["123456789012", /three of these/],
  ["密码密码密码密码密码密码", /three of these/],
  ["Correct-horse", /is the old one/, { isOld: true }],
  ["xx-Anna-xx-99", /contains the user's name/],
  ["xx-ANNA-xx-99", /contains the user's name/],
  ["xx-bob-XX-999", /contains the user's name/, { name: "Bob" }],
  ["Ünal-hat-99-X", /contains the user's name/, { name: "üNAL" }],
  ["Correct-horse\n", /nobody can type/],
  ["Correct-horse\0", /nobody can type/],
  ["Correct-horse\ud800", /nobody can type/],
] as const)
  test(`${JSON.stringify(password).slice(0, 20)} of ${password.length} is refused: ${why.source}`, () => {
    const objection = passwordObjection(password, { ...CIRCUMSTANCES, ...more });
    assert.match(objection!, why);
    assert.match(objection!, /^The new password .*\.$/);
    if (password !== "") assert.equal(objection!.includes(password), false);
  });

test("a name of one or two characters may stand in the password", () => {
  assert.equal(passwordObjection("Bo-likes-tea9", { ...CIRCUMSTANCES, name: "bo" }), undefined);
});

test("the least length is the one that is configured", () => {
  assert.equal(passwordObjection("Ab-1", { ...CIRCUMSTANCES, minLength: 4 }), undefined);
  assert.match(passwordObjection("Correct-horse", { ...CIRCUMSTANCES, minLength: 20 })!, /at least 20/);
});
