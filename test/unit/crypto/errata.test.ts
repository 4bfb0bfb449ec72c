import assert from "node:assert/strict";
import { test } from "node:test";
import { md4 } from "../../../server/crypto/md4.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { Rc4 } from "../../../server/crypto/rc4.ts";
import { SessionKey } from "../../../server/crypto/session-key.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { ascii, bytes, fromHex } from "../../support/bytes.ts";

// What the RFCs misprint. These tests hold that the printed values are wrong, so that nobody "corrects" us
// towards them.

test("RFC 2759 §9.3 erratum: the password as printed, without zero octets, has another hash", () => {
  assert.notEqual(hex(md4(bytes`4d 79 50 77`)), "fc156af7edcd6c0edde3337d427f4eac");
  assert.equal(hex(md4(bytes`4d00 7900 5000 7700`)), "fc156af7edcd6c0edde3337d427f4eac");
  assert.equal(hex(ntPasswordHash("MyPw")), "fc156af7edcd6c0edde3337d427f4eac");
});

test("RFC 3079 §2.5.3 erratum: step 3's octet ca does not lead to step 5, step 4's c1 does", () => {
  const step5 = "59d159bc09f76f1da2a86a28ffec0b1e";
  assert.notEqual(hex(new SessionKey(fromHex("a8947850cfc0accad1789fb62ddcddb0")).octets), step5);
  assert.equal(hex(new SessionKey(fromHex("a8947850cfc0acc1d1789fb62ddcddb0")).octets), step5);
});

test("RFC 3079 §3.5.2 erratum: the last octet of the 56-bit ciphertext is b8, not 58", () => {
  const text = ascii("test message");
  new Rc4(fromHex("d15c00c49fa62e3e")).apply(text);
  assert.equal(text.at(-1), 0xb8);
});

test("RFC 3079 §3.5.2 erratum: the key is the 56-bit one, although the step says SendSessionKey40", () => {
  const under40 = ascii("test message");
  new Rc4(fromHex("d1269ec49fa62e3e")).apply(under40);
  assert.equal(hex(under40), "929137917e5803d668d75898"); // §3.5.1's ciphertext, not §3.5.2's
});
