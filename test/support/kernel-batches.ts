import { type MppeStrength, sessionKeyLength } from "../../server/crypto/mppe-keys.ts";
import { KERNEL_BATCH, KERNEL_ENTRY } from "../../server/mppe/kernel.ts";
import { KEY_RECORD, writeKeyRecord } from "../../server/mppe/key-record.ts";
import { fc } from "./fc.ts";

/** A packet of a batch: which tunnel's, and how it comes. `gap`: octets before it that are nobody's. */
export interface BatchPacket {
  readonly tunnel: number;
  readonly changes: number;
  readonly gap: number;
  readonly length: number;
}

/** What a kernel is handed. */
export interface KernelBatch {
  readonly records: Uint8Array;
  readonly bytes: Uint8Array;
  readonly entries: Uint32Array;
  readonly count: number;
}

/** The start key of one direction of a tunnel. */
export interface BatchTunnel {
  readonly key: Uint8Array;
  readonly strength: MppeStrength;
}

const STRENGTHS: readonly MppeStrength[] = [40, 56, 128];

const tunnel: fc.Arbitrary<BatchTunnel> = fc.constantFrom(...STRENGTHS).chain((strength) => {
  const octets = sessionKeyLength(strength);
  return fc.uint8Array({ minLength: octets, maxLength: octets }).map((key) => ({ key, strength }));
});

/**
 * One to nine tunnels of any strength, and `batches` batches of packets of theirs, up to KERNEL_BATCH each.
 * `changes` draws how often a key changes before a packet.
 */
export const tunnelsAndPackets = (
  changes: fc.Arbitrary<number>,
  batches = 1,
): fc.Arbitrary<readonly [readonly BatchTunnel[], readonly (readonly BatchPacket[])[]]> =>
  fc.array(tunnel, { minLength: 1, maxLength: 9 }).chain((tunnels) => {
    const packet = fc.record({
      tunnel: fc.nat(tunnels.length - 1),
      changes,
      gap: fc.integer({ min: 2, max: 9 }),
      length: fc.oneof(fc.nat(2000), fc.nat(20), fc.constant(1402)),
    });
    const packets = fc.array(packet, { maxLength: KERNEL_BATCH, size: "max" });
    return fc.tuple(
      fc.constant(tunnels),
      fc.array(packets, { minLength: batches, maxLength: batches, size: "max" }),
    );
  });

/**
 * The memory of a batch: fresh records, packets one behind the other, octets that differ from place to place.
 */
export function kernelBatch(tunnels: readonly BatchTunnel[], packets: readonly BatchPacket[]): KernelBatch {
  const records = new Uint8Array(KEY_RECORD * tunnels.length);
  tunnels.forEach((tunnel, i) => {
    writeKeyRecord(records, i, { ...tunnel, stateless: true });
  });
  const entries = new Uint32Array(KERNEL_ENTRY * packets.length);
  let end = 0;
  packets.forEach(({ tunnel, changes, gap, length }, i) => {
    entries.set([tunnel, changes, end + gap, length], KERNEL_ENTRY * i);
    end += gap + length;
  });
  const bytes = Uint8Array.from({ length: end }, (_, i) => (i * 167 + (i >> 8) * 59) & 0xff);
  return { records, bytes, entries, count: packets.length };
}

/** One packet of 128 bits: good arguments, to be spoilt. */
export const onePacket = (): KernelBatch =>
  kernelBatch(
    [{ key: new Uint8Array(16).fill(7), strength: 128 }],
    [{ tunnel: 0, changes: 1, gap: 2, length: 30 }],
  );

/** Each is a batch of which one thing is wrong. */
export function spoiltBatches(): readonly (readonly [what: string, batch: KernelBatch])[] {
  const good = onePacket();
  const entry = (...words: readonly number[]) => ({ ...good, entries: Uint32Array.from(words) });
  const end = good.bytes.length;
  return [
    ["a record that is not there", entry(1, 1, 2, 30)],
    ["a record beyond what 32 bits can tell", entry(2 ** 32 - 1, 1, 2, 30)],
    ["no key change", entry(0, 0, 2, 30)],
    ["more key changes than MAX_CHANGES", entry(0, 65_537, 2, 30)],
    ["a packet one octet too long", entry(0, 1, 2, end - 1)],
    ["a packet behind the end", entry(0, 1, end + 1, 0)],
    ["an offset and a length whose sum does not fit 32 bits", entry(0, 1, 2 ** 32 - 1, 2)],
    ["an entry cut short", { ...good, entries: good.entries.subarray(0, 3) }],
    ["more packets than entries", { ...good, count: 2 }],
    ["more packets than KERNEL_BATCH", { ...good, entries: new Uint32Array(4 * 65), count: 65 }],
    ["a count that is no integer", { ...good, count: 0.5 }],
    ["a negative count", { ...good, count: -1 }],
    ["a record cut short", { ...good, records: good.records.subarray(0, KEY_RECORD - 1) }],
    ["a record without a key", { ...good, records: new Uint8Array(KEY_RECORD) }],
    [
      "a good packet before a bad one",
      { ...good, entries: Uint32Array.of(0, 1, 2, 30, 0, 1, end, 1), count: 2 },
    ],
  ];
}
