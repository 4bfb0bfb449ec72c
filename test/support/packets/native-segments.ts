import { loadAddon } from "../../../server/platform/native/addon.ts";
import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { VNET_HEADER } from "./segmentation.ts";

/**
 * What the addon's writeTun would hand to the kernel for the packets of one call. Throws where it wrote
 * elsewhere.
 */
export function joinNative(packets: readonly Uint8Array[]): Uint8Array[] {
  const bytes = concat(...packets);
  const before = bytes.slice();
  const { offsets, lengths } = placed(packets);
  const end = bytes.length + VNET_HEADER * packets.length;
  const out = new Uint8Array(end + 16).fill(0xee);
  const outOffsets = new Uint32Array(packets.length);
  const outLengths = new Uint32Array(packets.length);
  const count = loadAddon().joinSegments(
    bytes,
    offsets,
    lengths,
    packets.length,
    out.subarray(0, end),
    outOffsets,
    outLengths,
  );
  if (!same(bytes, before)) throw new Error("the packets were changed");
  if (!out.subarray(end).every((octet) => octet === 0xee))
    throw new Error("an octet behind the end was changed");
  return Array.from({ length: count }, (_, i) => out.slice(outOffsets[i]!, outOffsets[i]! + outLengths[i]!));
}

function placed(packets: readonly Uint8Array[]) {
  const offsets = new Uint32Array(packets.length);
  const lengths = Uint32Array.from(packets, (packet) => packet.length);
  for (let i = 1; i < packets.length; i++) offsets[i] = offsets[i - 1]! + lengths[i - 1]!;
  return { offsets, lengths };
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Slots for what comes out of one call. */
export interface Slots {
  readonly slot: number;
  readonly headroom: number;
  readonly capacity: number;
}

/**
 * What the addon's readTun would put into slots for one packet of the kernel, call after call until nothing
 * more comes. Throws where it wrote elsewhere.
 */
export function splitNative(packet: Uint8Array, { slot, headroom, capacity }: Slots): Uint8Array[] {
  const got: Uint8Array[] = [];
  for (;;) {
    const batch = new PacketBatch(capacity, slot);
    batch.bytes.fill(0xee);
    const { bytes, offsets, lengths } = batch;
    const input = packet.slice();
    const count = loadAddon().splitSegments(
      input,
      bytes,
      slot,
      headroom,
      offsets,
      lengths,
      capacity,
      got.length,
    );
    for (let i = 0; i < count; i++) {
      if (offsets[i] !== i * slot + headroom || lengths[i]! > slot - headroom)
        throw new Error("outside its slot");
      got.push(bytes.slice(offsets[i], offsets[i]! + lengths[i]!));
      bytes.fill(0xee, offsets[i], offsets[i]! + lengths[i]!);
    }
    if (!same(input, packet)) throw new Error("the packet was changed");
    // The slot of a packet that was dropped may have been written to.
    bytes.fill(0xee, count * slot + headroom, (count + 1) * slot);
    if (!bytes.every((octet) => octet === 0xee)) throw new Error("an octet outside the packets was changed");
    if (count < capacity) return got;
  }
}
