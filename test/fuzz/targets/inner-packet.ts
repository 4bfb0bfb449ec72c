import assert from "node:assert/strict";
import { Fragments } from "../../../server/data-plane/out/fragments.ts";
import { DestinationFilter } from "../../../server/data-plane/tunnel/destination-filter.ts";
import { MAX_ERROR, mayAnswer, writeFragmentationNeeded } from "../../../server/ip/icmp.ts";
import { headerLength, innerLength, isFirstFragment, protocolOf } from "../../../server/ip/inner-packet.ts";
import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { clampMss } from "../../../server/ip/mss-clamp.ts";
import { parseDestination } from "../../../server/policy/destinations.ts";
import { concat, equalOctets } from "../../../server/wire/bytes.ts";
import { tcpChecksum } from "../../support/packets/ipv4.ts";
import { spoilt } from "../changes.ts";
import { INSIDE, innerPackets, OUTSIDE } from "../seeds.ts";
import type { Target } from "../target.ts";

const AT = 64;
const MTUS = [68, 576, 1396, 1400];

/** Port 61166 is what stands behind the packets in memory. */
const filter = new DestinationFilter(
  ["192.0.2.0/24 tcp 80,61166", "10.0.0.0/8 udp 1-1023,5000,61166", "198.51.100.0/24"].flatMap((text) => {
    const parsed = parseDestination(text);
    return parsed.ok ? [parsed.value] : [];
  }),
);

const fragments = new Fragments();

/** The fragment offset, in units of eight octets. */
const OFFSET_MASK = 0x1fff;
const offsetOf = (packet: Uint8Array): number => ((packet[6]! << 8) | packet[7]!) & OFFSET_MASK;

/** Every piece fits, and together they carry what was cut. */
function cut(packet: Uint8Array, mtu: number): void {
  const header = headerLength(packet, 0);
  const count = fragments.cut(packet, 0, packet.length, mtu);
  const { bytes, offsets, lengths, capacity } = fragments.batch;
  assert.ok(count <= capacity);
  const pieces = Array.from({ length: count }, (_, i) => bytes.slice(offsets[i]!, offsets[i]! + lengths[i]!));
  let position = offsetOf(packet);
  for (const piece of pieces) {
    assert.equal(offsetOf(piece), position & OFFSET_MASK, "a piece out of its place");
    position += Math.ceil((piece.length - header) / 8);
    assert.ok(piece.length <= mtu);
    assert.equal(innerLength(piece, 0, piece.length), piece.length);
    assert.equal(internetChecksum(piece, 0, header), 0);
  }
  if (count === 0) return;
  const together = concat(...pieces.map((piece) => piece.subarray(header)));
  assert.ok(equalOctets(together, packet.subarray(header)), "octets were lost");
}

/** Nothing but an MSS and the checksum over it changes, and a right checksum stays right. */
function clamp(packet: Uint8Array): void {
  const clamped = packet.slice();
  const checked = protocolOf(packet, 0) === 6 && isFirstFragment(packet, 0) && tcpChecksum(packet) === 0;
  clampMss(clamped, 0, clamped.length, 1356);
  const differing = clamped.filter((octet, i) => octet !== packet[i]).length;
  assert.ok(differing <= 4, `${differing} octets changed`);
  if (checked) assert.equal(tcpChecksum(clamped), 0);
}

export const innerPacket: Target = {
  name: "inner-packet",
  share: 50,
  inputs: spoilt([...innerPackets(INSIDE, OUTSIDE), ...innerPackets(OUTSIDE, INSIDE)]),
  run(input) {
    const memory = new Uint8Array(AT + input.length + AT).fill(0xee);
    memory.set(input, AT);
    const length = innerLength(memory, AT, AT + input.length);
    assert.ok(length === 0 || (length >= 20 && length <= input.length));
    if (length === 0) return;
    const packet = memory.slice(AT, AT + length);
    const alone = filter.allows(packet, 0, length);
    assert.equal(
      filter.allows(memory, AT, AT + length),
      alone,
      "it depends on what stands around the packet",
    );
    clamp(packet);
    for (const mtu of MTUS) if (mtu < length) cut(packet, mtu);
    if (!mayAnswer(packet, 0, length)) return;
    const error = new Uint8Array(MAX_ERROR);
    const octets = writeFragmentationNeeded(error, packet, 0, length, INSIDE, 1400);
    assert.ok(octets <= MAX_ERROR);
    assert.equal(innerLength(error, 0, octets), octets);
  },
};
