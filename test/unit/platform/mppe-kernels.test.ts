import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { type MppeKernel, typescriptKernel } from "../../../server/mppe/kernel.ts";
import { MAX_JUMP } from "../../../server/mppe/limits.ts";
import { loadMppeKernel, loadPortableMppeKernel } from "../../../server/platform/mppe-kernels.ts";
import { fc } from "../../support/fc.ts";
import {
  type KernelBatch,
  kernelBatch,
  onePacket,
  spoiltBatches,
  tunnelsAndPackets,
} from "../../support/kernel-batches.ts";
import { needs } from "../../support/needs.ts";

const skip = needs({ addon: true });
const twin = typescriptKernel();

const run = (kernel: MppeKernel, { records, bytes, entries, count }: KernelBatch) =>
  kernel(records, bytes, entries, count);

/** The kernel and its twin, on copies of their own: the same keys and the same octets after each batch. */
function compare(kernel: MppeKernel, batches: readonly KernelBatch[]): void {
  const records = [batches[0]!.records.slice(), batches[0]!.records.slice()] as const;
  for (const batch of batches) {
    const [expected, actual] = records.map((own) => ({ ...batch, records: own, bytes: batch.bytes.slice() }));
    run(twin, expected!);
    run(kernel, actual!);
    assert.equal(firstDifference(actual!.records, expected!.records), -1, "the keys");
    assert.equal(firstDifference(actual!.bytes, expected!.bytes), -1, "the packets");
  }
}

/** Where two memories of one size first differ, or -1. A message with all octets in it would take minutes. */
const firstDifference = (a: Uint8Array, b: Uint8Array): number => a.findIndex((octet, i) => octet !== b[i]);

const KERNELS = [
  ["the addon's kernel", loadMppeKernel],
  ["the addon's kernel without the CPU's SHA-1", loadPortableMppeKernel],
] as const;

for (const [name, load] of KERNELS) {
  test(`${name}: batches of any packets of any tunnels are as in TypeScript`, { skip }, () => {
    const kernel = load();
    const changes = fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(tunnelsAndPackets(changes, 3), ([tunnels, batches]) =>
        compare(
          kernel,
          batches.map((packets) => kernelBatch(tunnels, packets)),
        ),
      ),
      { numRuns: 60 },
    );
  });

  test(`${name}: so are batches behind many lost packets`, { skip }, () => {
    const kernel = load();
    fc.assert(
      fc.property(tunnelsAndPackets(fc.integer({ min: 1, max: MAX_JUMP + 1 })), ([tunnels, [packets]]) =>
        compare(kernel, [kernelBatch(tunnels, packets!.slice(0, 12))]),
      ),
      { numRuns: 15 },
    );
  });

  test(`${name}: a packet of each length from 0 to 300, four at a time and one alone`, { skip }, () => {
    const kernel = load();
    const key = Uint8Array.from({ length: 16 }, (_, i) => i);
    for (let length = 0; length <= 300; length++) {
      const packet = { tunnel: 0, changes: 1, gap: 2, length };
      compare(kernel, [kernelBatch([{ key, strength: 128 }], [packet])]);
      compare(kernel, [kernelBatch([{ key, strength: 128 }], Array(5).fill(packet))]);
    }
  });

  // Where tunnels are few, the keys of later packets are made while 256 octets of earlier ones are encrypted.
  for (const few of [1, 2, 3])
    test(`${name}: packets of ${few} tunnels, long and short ones side by side`, { skip }, () => {
      const kernel = load();
      const tunnels = ([128, 40, 56] as const).slice(0, few).map((strength, i) => {
        return { key: new Uint8Array(strength === 128 ? 16 : 8).fill(i + 1), strength };
      });
      const lengths = [0, 7, 8, 255, 256, 257, 264, 511, 512, 513, 775, 1402, 2000];
      for (const [a, one] of lengths.entries())
        for (const other of lengths.slice(a)) {
          const packets = Array.from({ length: 13 }, (_, i) => {
            const length = [one, other, one, other, other][i % 5]!;
            return { tunnel: i % few, changes: 1 + (i % 7 === 0 ? 2 : 0), gap: 2, length };
          });
          compare(kernel, [kernelBatch(tunnels, packets)]);
        }
    });

  test(`${name}: 64 packets of 64 tunnels, and 64 of one`, { skip }, () => {
    const tunnels = Array.from({ length: 64 }, (_, i) => {
      const strength = ([40, 56, 128] as const)[i % 3]!;
      return { key: new Uint8Array(strength === 128 ? 16 : 8).fill(i), strength };
    });
    const packets = tunnels.map((_, tunnel) => ({ tunnel, changes: 1, gap: 3, length: 1402 - tunnel }));
    const batch = kernelBatch(tunnels, packets);
    compare(load(), [batch, batch]);
    const one = kernelBatch(
      tunnels,
      packets.map((packet) => ({ ...packet, tunnel: 63 })),
    );
    compare(load(), [one, one]);
  });

  for (const [what, batch] of spoiltBatches()) {
    test(`${name}: ${what} is a TypeError, and nothing is touched`, { skip }, () => {
      const { records, bytes } = structuredClone(batch);
      assert.throws(() => run(load(), batch), TypeError);
      assert.deepEqual([batch.records, batch.bytes], [records, bytes]);
    });
  }
}

test("entries and records that lie among the packets do no harm beyond them", { skip }, () => {
  const kernel = loadMppeKernel();
  const memory = new ArrayBuffer(256);
  const { records, entries } = onePacket();
  const inside = [
    new Uint8Array(memory),
    new Uint8Array(memory, 0, 40),
    new Uint32Array(memory, 64, 16),
  ] as const;
  inside[1].set(records);
  for (let i = 0; i < 4; i++) inside[2].set(entries, 4 * i);
  for (let i = 0; i < 4; i++) inside[2].set([0, 1, 0, 256], 4 * i);
  kernel(inside[1], inside[0], inside[2], 4);
  assert.throws(() => kernel(inside[1], inside[0], inside[2], 4), TypeError); // noise by now
});

test("threads at the same time do not disturb each other", { skip }, async () => {
  const url = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
  const code = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(${url("server/platform/mppe-kernels.ts")}).then(({ loadMppeKernel }) => {
      const { records, bytes, entries, count } = workerData;
      for (let i = 0; i < 300; i++) loadMppeKernel()(records, bytes, entries, count);
      parentPort.postMessage({ records, bytes });
    });`;
  const batches = [1, 2, 3].map((fill) =>
    kernelBatch(
      [{ key: new Uint8Array(16).fill(fill), strength: 128 }],
      Array(9).fill({ tunnel: 0, changes: 1, gap: 2, length: 200 }),
    ),
  );
  const done = batches.map((workerData) => once(new Worker(code, { eval: true, workerData }), "message"));
  const results = await Promise.all(done);
  batches.forEach((batch, i) => {
    for (let j = 0; j < 300; j++) run(twin, batch);
    assert.deepEqual(results[i], [{ records: batch.records, bytes: batch.bytes }]);
  });
});
