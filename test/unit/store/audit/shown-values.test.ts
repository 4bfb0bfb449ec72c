import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, isSecret, shown } from "../../../../server/store/audit/shown-values.ts";

for (const field of [
  "password",
  "oldPassword",
  "ntHash",
  "nt_hash",
  "hash",
  "secret",
  "hmacSecret",
  "token",
  "access_token",
  "Authorization",
  "passwords",
  "privateKey",
])
  test(`${field} is a secret`, () => assert.equal(isSecret(field), true));

for (const field of [
  "recoverablePassword",
  "passwordChangedAt",
  "passwordExpiresAt",
  "name",
  "tokens",
  "secretName",
])
  test(`${field} is none`, () => assert.equal(isSecret(field), false));

test("of two states only what differs is left", () => {
  assert.deepEqual(difference({ a: 1, b: [1], c: null }, { a: 1, b: [1, 2], d: true }), {
    before: { b: [1], d: null },
    after: { b: [1, 2], d: true },
  });
});

test("of one state all is left but secrets, however deep, and octets", () => {
  assert.deepEqual(
    difference(null, { a: { token: "x", b: [{ password: "y", c: 1 }] }, d: Buffer.from("z") }),
    {
      before: null,
      after: { a: { b: [{ c: 1 }] } },
    },
  );
});

test("a value that is long is cut, and says how long it was", () => {
  const { a } = shown({ a: "x".repeat(10_000) }) as { a: string };
  assert.ok(a.length < 5000);
  assert.match(a, /… \(10002 characters\)$/);
});

test("what is the same twice leaves nothing", () => {
  assert.deepEqual(difference({ a: 1, updatedAt: "x" }, { a: 1, updatedAt: "y" }), {
    before: null,
    after: null,
  });
});
