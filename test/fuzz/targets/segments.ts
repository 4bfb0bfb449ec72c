import assert from "node:assert/strict";
import { concat, equalOctets } from "../../../server/wire/bytes.ts";
import { fc } from "../../support/fc.ts";
import { joinTwin } from "../../support/packets/joining.ts";
import { joinNative, splitNative } from "../../support/packets/native-segments.ts";
import { splitTwin, VNET_HEADER } from "../../support/packets/segmentation.ts";
import { tcpFlows } from "../../support/packets/tcp-flows.ts";
import { mutated } from "../changes.ts";
import { unpack } from "../chunks.ts";
import type { Target } from "../target.ts";

function alike(actual: readonly Uint8Array[], expected: readonly Uint8Array[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((one, i) => void assert.ok(equalOctets(one, expected[i]!), `packet ${i} differs`));
}

const packed = (packets: readonly Uint8Array[]): Uint8Array =>
  concat(...packets.map((one) => concat(Uint8Array.of(0, one.length >>> 8, one.length), one)));

/** Batches that were made for joining, with a few octets changed anywhere. */
const batches = tcpFlows().chain((packets) => mutated([packed(packets.slice(0, 12))]));

export const join: Target = {
  name: "join",
  share: 30,
  inputs: batches,
  run(input) {
    const packets = unpack(input)
      .slice(0, 64)
      .map(({ octets }) => octets);
    alike(joinNative(packets), joinTwin(packets));
  },
};

/** What would be written, read again: super-packets among it. */
const superPackets = tcpFlows()
  .filter((packets) => packets.length > 0)
  .chain((packets) => mutated(joinTwin(packets.slice(0, 12))));

const MAX_TUNNELS = { slot: 1600, headroom: 32, capacity: 2 };

export const split: Target = {
  name: "split",
  share: 30,
  inputs: fc.oneof(
    { weight: 9, arbitrary: superPackets },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  ),
  run(input) {
    if (input.length < VNET_HEADER) return;
    alike(splitNative(input, MAX_TUNNELS), splitTwin(input, MAX_TUNNELS.slot - MAX_TUNNELS.headroom));
  },
};
