import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { checkName, checkPassword } from "../../../server/store/user-rules.ts";

for (const name of [
  "a",
  "x".repeat(64),
  "anna.maria",
  "anna maria",
  "Ünal",
  "anna@example.org",
  "ё".repeat(64),
  "...",
])
  test(`the name ${JSON.stringify(name)} is allowed`, () => checkName(name));

for (const [name, why] of [
  ["", /1 to 64/],
  ["x".repeat(65), /1 to 64/],
  ["a\nb", /control/],
  ["a\0", /control/],
  ["a\u007f", /control/],
  ["a\u2028b", /control/],
  ["a\ud800", /control/],
  ["a\u202eb", /invisible/],
  ["a\u200bb", /invisible/],
  ["CORP\\anna", /"\\\\"|\\/],
  ["a/b", /"\/"/],
  [" anna", /space/],
  ["anna ", /space/],
  ["anna\u00a0", /space/],
  [".", /"\."/],
  ["..", /"\."/],
] as const)
  test(`the name ${JSON.stringify(name)} is invalid-name, in one sentence`, () => {
    assert.throws(
      () => checkName(name),
      (error) => {
        assert.ok(error instanceof AppError);
        assert.equal(error.code, "invalid-name");
        assert.match(error.message, why);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
  });

for (const password of ["p", " ", "🔑".repeat(256), "a\tb", "\u00fc"])
  test(`the password ${JSON.stringify(password).slice(0, 12)} of ${[...password].length} is allowed`, () =>
    checkPassword(password));

for (const password of ["", "x".repeat(257), "🔑".repeat(257), "secret\0", "secret\ud800"])
  test(`a password ${JSON.stringify(password).slice(0, 12)} of ${[...password].length} is invalid-password and not repeated`, () => {
    assert.throws(
      () => checkPassword(password),
      (error) => {
        assert.ok(error instanceof AppError);
        assert.equal(error.code, "invalid-password");
        assert.doesNotMatch(JSON.stringify([error.message, error.details]), /secret/);
        return true;
      },
    );
  });
