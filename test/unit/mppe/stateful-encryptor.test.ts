import assert from "node:assert/strict";
import { test } from "node:test";
import { Rc4 } from "../../../server/crypto/rc4.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { concat, hex } from "../../../server/wire/bytes.ts";
import { ascii, fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { keyChains } from "../crypto/vectors/key-chains.ts";
import { LINUX, ModelReceiver, RFC } from "./stateful-peers.ts";

const stateful = (bits: 40 | 56 | 128, start: string): MppeDirection => ({
  key: fromHex(start),
  strength: bits,
  stateless: false,
});
const START = stateful(128, keyChains[2]!.startKey);
const TEXT = ascii("any text");

/** What the encryptor makes of a text: header and ciphertext. */
function seal(encryptor: Encryptor, text = TEXT): Uint8Array {
  const frame = concat(new Uint8Array(2), text);
  encryptor.seal(frame, 0, frame.length);
  return frame;
}

const headerOf = (frame: Uint8Array): string => hex(frame.subarray(0, 2));

// The last octet of the 56-bit sample is b8, not 58 (erratum).
for (const [section, bits, start, sample] of [
  ["3.5.1", 40, "8b7cdc149b993a1b", "929137917e5803d668d75898"],
  ["3.5.2", 56, "8b7cdc149b993a1b", "3f106833fa448da842bc57b8"],
  ["3.5.3", 128, "8b7cdc149b993a1ba118cb153f56dccb", "81848317df68846272fb5abe"],
] as const) {
  test(`RFC 3079 §${section}: the first packet carries the sample encrypted message of ${bits} bits`, () => {
    const frame = seal(new Encryptor(stateful(bits, start)), ascii("test message"));
    assert.equal(hex(frame), `1000${sample}`);
  });
}

for (const { bits, startKey, initialSessionKey, keysAfterRekey } of keyChains) {
  test(`${bits} bits: RC4 goes on from packet to packet, and starts anew with each flag packet`, () => {
    const encryptor = new Encryptor(stateful(bits, startKey));
    let cipher = new Rc4(fromHex(initialSessionKey));
    for (let packet = 0; packet < 256 * keysAfterRekey.length; packet++) {
      if (packet % 256 === 255) cipher = new Rc4(fromHex(keysAfterRekey[packet >> 8]!));
      const expected = TEXT.slice();
      cipher.apply(expected);
      assert.deepEqual(seal(encryptor).subarray(2), expected);
    }
  });
}

test("flag packets are flushed and no others, packet 0 included; the count wraps", () => {
  const encryptor = new Encryptor(START);
  const headers = Array.from({ length: 4098 }, () => headerOf(seal(encryptor)));
  assert.deepEqual(headers.slice(0, 2), ["1000", "1001"]);
  assert.deepEqual(headers.slice(254, 257), ["10fe", "90ff", "1100"]);
  assert.deepEqual(headers.slice(4094), ["1ffe", "9fff", "1000", "1001"]);
  assert.equal(headers.filter((header) => header.startsWith("9")).length, 16);
});

test("after a flush the next packet is the next flag packet, once, however often it was asked for", () => {
  const encryptor = new Encryptor(START);
  seal(encryptor);
  for (let i = 0; i < 3; i++) encryptor.flush();
  const frame = seal(encryptor);
  assert.equal(headerOf(frame), "90ff");
  const expected = TEXT.slice();
  new Rc4(fromHex(keyChains[2]!.keysAfterRekey[0]!)).apply(expected);
  assert.deepEqual(frame.subarray(2), expected);
  assert.equal(headerOf(seal(encryptor)), "1100");
});

test("a flush before a flag packet changes the key once, and one after it reaches the next", () => {
  const encryptor = new Encryptor(START);
  for (let packet = 0; packet < 255; packet++) seal(encryptor);
  encryptor.flush();
  assert.equal(headerOf(seal(encryptor)), "90ff");
  encryptor.flush();
  assert.equal(headerOf(seal(encryptor)), "91ff");
});

test("in stateless mode a flush changes nothing", () => {
  const direction = { ...START, stateless: true };
  const [flushed, other] = [new Encryptor(direction), new Encryptor(direction)];
  flushed.flush();
  assert.deepEqual(seal(flushed), seal(other));
});

for (const [name, habits] of [
  ["by the letter of RFC 3078 §8.2", RFC],
  ["as Linux", LINUX],
] as const) {
  test(`a receiver that acts ${name} reads all it has not lost, whatever is lost, and asks no more than it must`, () => {
    // Each packet is lost or not; after a Reset-Request so many packets are on their way that are not
    // flushed.
    const link = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 300 })), { maxLength: 40 });
    fc.assert(
      fc.property(link, (steps) => {
        const [encryptor, receiver] = [new Encryptor(START), new ModelReceiver(START, habits)];
        let behind = false;
        const pass = (): void => {
          const plain = receiver.open(seal(encryptor));
          if (plain !== undefined) assert.deepEqual(plain, TEXT);
          behind = plain === undefined;
        };
        for (const [lost, more] of steps) {
          if (lost) seal(encryptor);
          for (let packet = 0; packet < more; packet++) pass();
          if (behind) encryptor.flush();
          if (behind) pass();
          assert.equal(behind, false);
        }
      }),
      { seed: 3078 },
    );
  });
}

test("no key stream is ever used twice, however often the peer asks for a flush", () => {
  const encryptor = new Encryptor(START);
  const zeros = new Uint8Array(16);
  const seen = new Set<string>();
  for (let packet = 0; packet < 3000; packet++) {
    if (packet % 7 === 0) encryptor.flush();
    const stream = hex(seal(encryptor, zeros).subarray(2));
    assert.ok(!seen.has(stream));
    seen.add(stream);
  }
});
