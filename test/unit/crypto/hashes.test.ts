import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { lmPasswordHash } from "../../../server/crypto/lm-hash.ts";
import { md4 } from "../../../server/crypto/md4.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { sha1 } from "../../../server/crypto/sha1.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { ascii, bytes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

// RFC 1320 §A.5, the test suite.
const MD4_SUITE: readonly (readonly [string, string])[] = [
  ["", "31d6cfe0d16ae931b73c59d7e0c089c0"],
  ["a", "bde52cb31de33e46245e05fbdbd6fb24"],
  ["abc", "a448017aaf21d8525fc10ae87aa6729d"],
  ["message digest", "d9130a8164549fe818874806e1c7014b"],
  ["abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"],
  ["1234567890".repeat(8), "e33b4ddc9c38f2199c3e7b164fcc0536"],
];

for (const [message, digest] of MD4_SUITE) {
  test(`RFC 1320 §A.5: MD4 of "${message}"`, () => assert.equal(hex(md4(ascii(message))), digest));
}

test("MD4 takes a view into larger memory and leaves it as it was", () => {
  const whole = ascii("xabcx");
  assert.equal(hex(md4(whole.subarray(1, 4))), hex(md4(ascii("abc"))));
  assert.deepEqual(whole, ascii("xabcx"));
});

test("MD4 differs for every length around a block's end", () => {
  const digests = Array.from({ length: 140 }, (_, length) => hex(md4(new Uint8Array(length))));
  assert.equal(new Set(digests).size, digests.length);
});

test("SHA-1 of parts is SHA-1 of them joined", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 4 }), (parts) => {
      const expected = createHash("sha1").update(Buffer.concat(parts)).digest("hex");
      assert.equal(hex(sha1(...parts)), expected);
    }),
  );
});

test("a password outside ASCII is hashed as UTF-16LE, not as widened octets", () => {
  assert.deepEqual(ntPasswordHash("Grüße"), md4(bytes`4700 7200 fc00 df00 6500`));
  assert.deepEqual(ntPasswordHash("пароль"), md4(bytes`3f04 3004 4004 3e04 3b04 4c04`));
});

test("a code point beyond 16 bits is hashed as its two surrogates", () => {
  assert.deepEqual(ntPasswordHash("🔑"), md4(bytes`3dd8 11dd`));
});

test("composed and decomposed letters are different passwords, as on Windows", () => {
  assert.notDeepEqual(ntPasswordHash("\u00e9"), ntPasswordHash("e\u0301"));
});

test("the empty password has the hash of nothing", () => {
  assert.equal(hex(ntPasswordHash("")), "31d6cfe0d16ae931b73c59d7e0c089c0");
});

test("an LM hash does not know lower case", () => {
  assert.deepEqual(lmPasswordHash("Secret"), lmPasswordHash("SECRET"));
});

test("the empty password has the LM hash that everybody knows", () => {
  assert.equal(hex(lmPasswordHash("")!), "aad3b435b51404eeaad3b435b51404ee");
});

for (const password of ["fifteenletters!", "pässword", "tab\there"]) {
  test(`"${password}" has no LM hash`, () => assert.equal(lmPasswordHash(password), undefined));
}

test("14 characters still have an LM hash", () => {
  assert.equal(lmPasswordHash("fourteenchars!")?.length, 16);
});
