import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createSecretBox } from "../../../server/store/secret-box.ts";

const key = randomBytes(32);
const box = createSecretBox(key);
const place = { row: "user-1", column: "users.nt_hash" };
const secret = new Uint8Array(randomBytes(16));

test("what was sealed opens in its place", () => {
  assert.deepEqual(box.open(box.seal(secret, place), place), secret);
});

test("it opens for another box of the same key", () => {
  assert.deepEqual(createSecretBox(key).open(box.seal(secret, place), place), secret);
});

test("it does not open under another key", () => {
  assert.equal(createSecretBox(randomBytes(32)).open(box.seal(secret, place), place), undefined);
});

test("it does not open in another row or column", () => {
  const sealed = box.seal(secret, place);
  assert.equal(box.open(sealed, { ...place, row: "user-2" }), undefined);
  assert.equal(box.open(sealed, { ...place, column: "users.name" }), undefined);
});

test("the same secret seals differently each time", () => {
  assert.notDeepEqual(box.seal(secret, place), box.seal(secret, place));
});

test("with any one bit turned it does not open", () => {
  const sealed = box.seal(secret, place);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = Uint8Array.from(sealed);
    altered[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(box.open(altered, place), undefined, `bit ${bit}`);
  }
});

const whole = box.seal(secret, place);
for (let length = 0; length < whole.length; length++)
  test(`truncated at octet ${length} it does not open`, () =>
    assert.equal(box.open(whole.subarray(0, length), place), undefined));

test("the secret does not stand in what was sealed", () => {
  assert.equal(Buffer.from(box.seal(secret, place)).includes(Buffer.from(secret)), false);
});
