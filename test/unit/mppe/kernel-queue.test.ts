import assert from "node:assert/strict";
import { test } from "node:test";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { KERNEL_BATCH, type MppeKernel, typescriptKernel } from "../../../server/mppe/kernel.ts";
import { KernelQueue } from "../../../server/mppe/kernel-queue.ts";
import { MAX_JUMP, MAX_REFUSED_IN_A_ROW } from "../../../server/mppe/limits.ts";
import { StatelessOpener, StatelessSealer } from "../../../server/mppe/stateless.ts";
import { fc } from "../../support/fc.ts";

const direction = (octet: number) =>
  ({ key: new Uint8Array(16).fill(octet), strength: 128, stateless: true }) as const;

/** A frame with room for the header, and what it holds. */
const frame = (octets: readonly number[]): Uint8Array => Uint8Array.from([0, 0, ...octets]);

/** A queue, what its kernel was called with, and its memory of keys. */
function spied() {
  const counts: number[] = [];
  let keys = new Uint8Array(0);
  const real = typescriptKernel();
  const kernel: MppeKernel = (records, bytes, entries, count) => {
    counts.push(count);
    keys = records as Uint8Array<ArrayBuffer>;
    real(records, bytes, entries, count);
  };
  return { queue: new KernelQueue(kernel, 4), counts, keys: () => keys };
}

test("what a queue seals and opens is what one packet after another gives, over any losses", () => {
  const packets = fc.array(fc.record({ octets: fc.uint8Array({ maxLength: 40 }), lost: fc.boolean() }), {
    maxLength: 3 * KERNEL_BATCH,
  });
  fc.assert(
    fc.property(packets, (all) => {
      const { queue } = spied();
      queue.setKey(0, direction(7));
      queue.setKey(1, direction(7));
      const [sealer, opener] = [new StatelessSealer(queue, 0), new StatelessOpener(queue, 1, 2)];
      const [encryptor, decryptor] = [new Encryptor(direction(7)), new Decryptor(direction(7))];
      // All in one memory, as in a batch.
      const bytes = new Uint8Array(all.length * 48);
      const twin = new Uint8Array(all.length * 48);
      for (const [i, { octets }] of all.entries()) {
        for (const memory of [bytes, twin]) memory.set(frame([...octets]), i * 48);
        sealer.seal(bytes, i * 48, i * 48 + 2 + octets.length);
        encryptor.seal(twin, i * 48, i * 48 + 2 + octets.length);
      }
      queue.run();
      assert.deepEqual(bytes, twin);
      for (const [i, { octets, lost }] of all.entries()) {
        if (lost) continue;
        assert.equal(opener.open(bytes, i * 48, i * 48 + 2 + octets.length), "ok");
        assert.equal(decryptor.open(twin, i * 48, i * 48 + 2 + octets.length), "ok");
      }
      queue.run();
      assert.deepEqual(bytes, twin);
    }),
    { numRuns: 30 },
  );
});

test("nothing goes through the kernel before the queue is full, or runs", () => {
  const { queue, counts } = spied();
  queue.setKey(0, direction(1));
  const sealer = new StatelessSealer(queue, 0);
  const bytes = new Uint8Array(8);
  queue.run();
  assert.deepEqual(counts, []);
  for (let i = 0; i < KERNEL_BATCH; i += 1) sealer.seal(bytes, 0, 8);
  assert.deepEqual(counts, []);
  sealer.seal(bytes, 0, 8);
  assert.deepEqual(counts, [KERNEL_BATCH]);
  queue.run();
  assert.deepEqual(counts, [KERNEL_BATCH, 1]);
});

test("packets of another memory let those go first that wait", () => {
  const { queue, counts } = spied();
  queue.setKey(0, direction(1));
  const sealer = new StatelessSealer(queue, 0);
  sealer.seal(new Uint8Array(8), 0, 8);
  sealer.seal(new Uint8Array(8), 0, 8);
  assert.deepEqual(counts, [1]);
});

test("a new key takes nothing away from what waits under the old one", () => {
  const { queue } = spied();
  queue.setKey(0, direction(1));
  const sealed = frame([1, 2, 3, 4]);
  new StatelessSealer(queue, 0).seal(sealed, 0, sealed.length);
  queue.setKey(0, direction(2));
  assert.equal(new Decryptor(direction(1)).open(sealed, 0, sealed.length), "ok");
  assert.deepEqual([...sealed.slice(2)], [1, 2, 3, 4]);
});

test("of an erased key no octet is left, and what waits for it went out before", () => {
  const { queue, counts, keys } = spied();
  queue.setKey(0, direction(1));
  new StatelessSealer(queue, 0).seal(new Uint8Array(8), 0, 8);
  queue.eraseKey(0);
  assert.deepEqual(counts, [1]);
  assert.ok(keys().every((octet) => octet === 0));
});

test("a count that is refused never reaches the kernel", () => {
  const { queue, counts } = spied();
  queue.setKey(0, direction(1));
  const opener = new StatelessOpener(queue, 0, 1);
  const at = (count: number, bits = 0x9000) => Uint8Array.of((bits | count) >>> 8, count & 0xff, 1, 2, 3);
  assert.equal(opener.open(at(0), 0, 1), "truncated");
  assert.equal(opener.open(at(0, 0x8000), 0, 5), "not-encrypted");
  assert.equal(opener.open(at(0, 0x1000), 0, 5), "not-stateless");
  assert.equal(opener.open(at(MAX_JUMP + 1), 0, 5), "jump");
  assert.equal(opener.open(at(4095), 0, 5), "late");
  for (let i = 2; i < MAX_REFUSED_IN_A_ROW; i += 1) assert.equal(opener.open(at(4095), 0, 5), "late");
  assert.equal(opener.open(at(4095), 0, 5), "desynchronised");
  queue.run();
  assert.deepEqual(counts, []);
  assert.equal(opener.open(at(MAX_JUMP), 0, 5), "ok");
});
