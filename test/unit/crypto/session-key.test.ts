import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type MppeStrength, reduceKey, sessionKeyLength } from "../../../server/crypto/mppe-keys.ts";
import { Rc4 } from "../../../server/crypto/rc4.ts";
import { SessionKey } from "../../../server/crypto/session-key.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { keyChains } from "./vectors/key-chains.ts";

const STRENGTHS: readonly MppeStrength[] = [40, 56, 128];

for (const chain of keyChains) {
  test(`${chain.bits} bits: the initial session key of ${chain.startKey}`, () => {
    assert.equal(hex(new SessionKey(fromHex(chain.startKey), chain.bits).octets), chain.initialSessionKey);
  });

  test(`${chain.bits} bits: the keys that follow`, () => {
    const key = new SessionKey(fromHex(chain.startKey), chain.bits);
    for (const expected of chain.keysAfterRekey) {
      key.change();
      assert.equal(hex(key.octets), expected);
    }
  });
}

/** RFC 3078 §7.3 word by word, with OpenSSL's SHA-1. */
function newKeyFromSha(start: Uint8Array, session: Uint8Array): Uint8Array {
  const digest = createHash("sha1")
    .update(start)
    .update(Buffer.alloc(40, 0x00))
    .update(session)
    .update(Buffer.alloc(40, 0xf2))
    .digest();
  return Uint8Array.from(digest.subarray(0, start.length));
}

test("any start key gives the keys of RFC 3078 §7.3", () => {
  const octets = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(octets, fc.constantFrom(...STRENGTHS), (sixteen, strength) => {
      const start = sixteen.slice(0, sessionKeyLength(strength));
      const key = new SessionKey(start, strength);
      let expected = newKeyFromSha(start, start);
      reduceKey(expected, strength);
      assert.deepEqual(key.octets, expected);
      for (let changes = 0; changes < 3; changes++) {
        expected = newKeyFromSha(start, expected);
        new Rc4(expected.slice()).apply(expected);
        reduceKey(expected, strength);
        key.change();
        assert.deepEqual(key.octets, expected);
      }
    }),
  );
});

test("two session keys side by side do not disturb each other", () => {
  const [a, b] = [new SessionKey(new Uint8Array(16).fill(1)), new SessionKey(new Uint8Array(16).fill(2))];
  const alone = new SessionKey(new Uint8Array(16).fill(1));
  for (let i = 0; i < 5; i++) {
    a.change();
    b.change();
    alone.change();
    assert.deepEqual(a.octets, alone.octets);
    assert.notDeepEqual(a.octets, b.octets);
  }
});

test("a start key in a Buffer stays as it was", () => {
  const start = Buffer.alloc(16, 7);
  new SessionKey(start).change();
  assert.deepEqual(start, Buffer.alloc(16, 7));
});

for (const strength of STRENGTHS) {
  for (const length of [0, 7, 8, 15, 16, 17].filter((octets) => octets !== sessionKeyLength(strength))) {
    test(`a start key of ${length} octets for ${strength} bits is our bug`, () => {
      assert.throws(() => new SessionKey(new Uint8Array(length), strength), RangeError);
    });
  }
}

test("weak keys show it in their first octets", () => {
  const start = new Uint8Array(8).fill(9);
  assert.match(hex(new SessionKey(start, 40).octets), /^d1269e/);
  assert.match(hex(new SessionKey(start, 56).octets), /^d1/);
});
