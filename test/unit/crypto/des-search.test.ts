import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { hasHashTail, hashTail, searchHashTail } from "../../../server/crypto/des-search.ts";
import { challengeResponse } from "../../../server/crypto/ms-chap-v1.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";

/** All of it in one go, and the turns that it asked for. */
function found(challenge: Uint8Array, response: Uint8Array) {
  const search = searchHashTail(challenge, response);
  let turns = 0;
  for (;;) {
    const { done, value } = search.next();
    if (done) return { tail: value, turns };
    turns++;
  }
}

test("of a response to any challenge the end of the hash is found, as OpenSSL's DES made it", () => {
  for (const password of ["clientPass", "hunter2", "pässwörd", "x"]) {
    const hash = ntPasswordHash(password);
    const challenge = randomBytes(8);
    assert.equal(found(challenge, challengeResponse(challenge, hash)).tail, hashTail(hash));
  }
});

for (const tail of [0, 1, 0x00ff, 0xff00, 0x8000, 0x0101, 0xffff]) {
  test(`a hash that ends with ${tail.toString(16).padStart(4, "0")} is told from its neighbours`, () => {
    const hash = randomBytes(16);
    hash.writeUInt16BE(tail, 14);
    const challenge = randomBytes(8);
    const response = challengeResponse(challenge, hash);
    assert.ok(hasHashTail(challenge, response, tail));
    assert.ok(!hasHashTail(challenge, response, tail ^ 1));
    assert.ok(!hasHashTail(challenge, response, tail ^ 0x0100));
    assert.equal(found(challenge, response).tail, tail);
  });
}

test("a response that no hash can make has none, and the search lets others work sixteen times", () => {
  const challenge = randomBytes(8);
  const response = challengeResponse(challenge, randomBytes(16));
  response[23] = response[23]! ^ 1;
  assert.deepEqual(found(challenge, response), { tail: undefined, turns: 16 });
});
