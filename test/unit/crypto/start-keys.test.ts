import assert from "node:assert/strict";
import { test } from "node:test";
import { lmPasswordHash } from "../../../server/crypto/lm-hash.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { SessionKey } from "../../../server/crypto/session-key.ts";
import { msChapV1StartKeys, msChapV2StartKeys } from "../../../server/crypto/start-keys.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { fromHex } from "../../support/bytes.ts";

const ntHash = ntPasswordHash("clientPass");
const challenge = fromHex("102db5df085d3041");

test("RFC 3079 §3.5: MS-CHAPv2's start keys, and the session keys that they lead to", () => {
  const response = fromHex("82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df");
  const keys = msChapV2StartKeys(ntHash, response);
  for (const [strength, start, session] of [
    [128, "8b7cdc149b993a1ba118cb153f56dccb", "405cb2247a7956e6e211007ae27b22d4"],
    [56, "8b7cdc149b993a1b", "d15c00c49fa62e3e"],
    [40, "8b7cdc149b993a1b", "d1269ec49fa62e3e"],
  ] as const) {
    assert.equal(hex(keys[strength].send), start);
    assert.equal(hex(new SessionKey(keys[strength].send, strength).octets), session);
    assert.equal(keys[strength].receive.length, start.length / 2);
    assert.notEqual(hex(keys[strength].receive), start);
  }
  assert.equal(hex(keys[128].receive), "d5f0e9521e3ea9589645e86051c82226"); // the client's send key
});

test("RFC 3079 §2.5.3: MS-CHAPv1's 128-bit start key is the same for both directions", () => {
  const keys = msChapV1StartKeys(ntHash, challenge, undefined);
  assert.equal(hex(keys[128]!.send), "a8947850cfc0acc1d1789fb62ddcddb0");
  assert.deepEqual(keys[128]!.receive, keys[128]!.send);
  const session = "59d159bc09f76f1da2a86a28ffec0b1e";
  assert.equal(hex(new SessionKey(keys[128]!.send, 128).octets), session);
});

test("RFC 3079 §2.5.1, §2.5.2: MS-CHAPv1's shorter keys come from the LM hash", () => {
  const keys = msChapV1StartKeys(ntHash, challenge, lmPasswordHash("clientPass"));
  for (const [strength, session] of [
    [40, "d1269e538cec4a08"],
    [56, "d10801538cec4a08"],
  ] as const) {
    assert.equal(hex(keys[strength]!.send), "76a152936096d783");
    assert.deepEqual(keys[strength]!.receive, keys[strength]!.send);
    assert.equal(hex(new SessionKey(keys[strength]!.send, strength).octets), session);
  }
});

test("without an LM hash MS-CHAPv1 has no shorter keys", () => {
  assert.deepEqual(Object.keys(msChapV1StartKeys(ntHash, challenge, undefined)), ["128"]);
});
