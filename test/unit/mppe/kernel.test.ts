import assert from "node:assert/strict";
import { test } from "node:test";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { typescriptKernel } from "../../../server/mppe/kernel.ts";
import {
  eraseKeyRecord,
  KEY_RECORD,
  SESSION_KEY_AT,
  strengthOf,
  writeKeyRecord,
} from "../../../server/mppe/key-record.ts";
import { MAX_JUMP } from "../../../server/mppe/limits.ts";
import { equalOctets, hex } from "../../../server/wire/bytes.ts";
import { fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import {
  type KernelBatch,
  kernelBatch,
  onePacket,
  spoiltBatches,
  tunnelsAndPackets,
} from "../../support/kernel-batches.ts";
import { keyChains } from "../crypto/vectors/key-chains.ts";
import { win7FirstFrame } from "../crypto/vectors/win7.ts";

const kernel = typescriptKernel();
const run = ({ records, bytes, entries, count }: KernelBatch) => kernel(records, bytes, entries, count);

const sessionKey = (records: Uint8Array, octets: number): string =>
  hex(records.subarray(SESSION_KEY_AT, SESSION_KEY_AT + octets));

for (const { bits, startKey, initialSessionKey, keysAfterRekey } of keyChains) {
  test(`RFC 3079 §3.5, ${bits} bits: a new record holds the initial session key`, () => {
    const records = new Uint8Array(KEY_RECORD);
    writeKeyRecord(records, 0, { key: fromHex(startKey), strength: bits, stateless: true });
    assert.equal(sessionKey(records, startKey.length / 2), initialSessionKey);
    assert.equal(strengthOf(records, 0), bits);
  });

  test(`${bits} bits: the record follows the key chain of ${startKey}`, () => {
    const { records, entries, bytes } = kernelBatch(
      [{ key: fromHex(startKey), strength: bits }],
      [{ tunnel: 0, changes: 1, gap: 0, length: 0 }],
    );
    for (const expected of keysAfterRekey) {
      kernel(records, bytes, entries, 1);
      assert.equal(sessionKey(records, startKey.length / 2), expected);
    }
  });
}

test("Windows 7 capture: the first encrypted frame decrypts", () => {
  const records = new Uint8Array(KEY_RECORD);
  const { startKey, firstCipherHex, firstPlainHex } = win7FirstFrame;
  writeKeyRecord(records, 0, { key: fromHex(startKey), strength: 128, stateless: true });
  const frame = fromHex(firstCipherHex);
  kernel(records, frame, Uint32Array.of(0, 1, 0, frame.length), 1);
  assert.equal(hex(frame), firstPlainHex);
});

test("a batch is what the encryptor of each tunnel makes of its packets", () => {
  fc.assert(
    fc.property(tunnelsAndPackets(fc.constant(1)), ([tunnels, [packets]]) => {
      const batch = kernelBatch(tunnels, packets!);
      const encryptors = tunnels.map((tunnel) => new Encryptor({ ...tunnel, stateless: true }));
      const before = batch.bytes.slice();
      run(batch);
      for (let i = 0; i < batch.count; i++) {
        const [tunnel, , at, length] = batch.entries.subarray(4 * i, 4 * i + 4);
        const frame = before.slice(at! - 2, at! + length!);
        encryptors[tunnel!]!.seal(frame, 0, frame.length);
        assert.ok(equalOctets(batch.bytes.subarray(at, at! + length!), frame.subarray(2)), `packet ${i}`);
        before.set(frame.subarray(2), at);
      }
      assert.ok(equalOctets(batch.bytes, before), "octets that belong to no packet");
    }),
    { numRuns: 30 },
  );
});

for (const lost of [0, 1, 7, MAX_JUMP]) {
  test(`after ${lost} lost packets it opens as the decryptor does`, () => {
    const start = { key: new Uint8Array(16).fill(3), strength: 128, stateless: true } as const;
    const encryptor = new Encryptor(start);
    const frame = new Uint8Array(50);
    for (let i = 0; i <= lost; i++) encryptor.seal(frame.fill(5), 0, frame.length);
    const expected = frame.slice();
    assert.equal(new Decryptor(start).open(expected, 0, expected.length), "ok");
    const records = new Uint8Array(KEY_RECORD);
    writeKeyRecord(records, 0, start);
    kernel(records, frame, Uint32Array.of(0, 1 + lost, 2, frame.length - 2), 1);
    assert.deepEqual(frame, expected);
  });
}

test("good arguments are good", () => {
  const batch = onePacket();
  const before = batch.bytes.slice();
  run(batch);
  assert.notDeepEqual(batch.bytes, before);
});

for (const [what, batch] of spoiltBatches()) {
  test(`${what} is a TypeError, and nothing is touched`, () => {
    const { records, bytes } = structuredClone(batch);
    assert.throws(() => run(batch), TypeError);
    assert.deepEqual([batch.records, batch.bytes], [records, bytes]);
  });
}

test("arguments of another type are a TypeError", () => {
  const { records, bytes, entries } = onePacket();
  const untyped = kernel as (...values: readonly unknown[]) => void;
  assert.throws(() => untyped([...records], bytes, entries, 1), TypeError);
  assert.throws(() => untyped(records, bytes.buffer, entries, 1), TypeError);
  assert.throws(() => untyped(records, bytes, [...entries], 1), TypeError);
  assert.throws(() => untyped(records, bytes, entries, "1"), TypeError);
});

test("a record outside the memory, or with a key of the wrong length, is our bug", () => {
  const records = new Uint8Array(2 * KEY_RECORD);
  const direction = { key: new Uint8Array(16), strength: 128, stateless: true } as const;
  for (const index of [-1, 2, 0.5]) {
    assert.throws(() => writeKeyRecord(records, index, direction), RangeError);
    assert.throws(() => eraseKeyRecord(records, index), RangeError);
  }
  assert.throws(() => writeKeyRecord(records, 0, { ...direction, strength: 40 }), RangeError);
  assert.deepEqual(records, new Uint8Array(2 * KEY_RECORD));
});

test("an erased record holds no key, and its neighbours still theirs", () => {
  const records = new Uint8Array(3 * KEY_RECORD);
  const direction = { key: new Uint8Array(8).fill(1), strength: 56, stateless: true } as const;
  for (const index of [0, 1, 2]) writeKeyRecord(records, index, direction);
  eraseKeyRecord(records, 1);
  assert.deepEqual(
    [0, 1, 2, 3].map((index) => strengthOf(records, index)),
    [56, undefined, 56, undefined],
  );
  assert.deepEqual(records.subarray(KEY_RECORD, 2 * KEY_RECORD), new Uint8Array(KEY_RECORD));
});
