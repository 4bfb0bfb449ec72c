import assert from "node:assert/strict";
import { loadAddon } from "../../../server/platform/native/addon.ts";
import { ipv4 } from "../../../server/wire/ipv4.ts";
import { fc } from "../../support/fc.ts";
import { ipv4Packet } from "../../support/packets/ipv4.ts";
import { mutated } from "../changes.ts";
import type { Target } from "../target.ts";

const HEADROOM = 8;
const SLOT = 128;
const HEADER = 20;

/** What the addon says of a packet that lies in a slot, with rubbish behind it. */
function native(packet: Uint8Array) {
  const bytes = new Uint8Array(SLOT).fill(0xff);
  bytes.set(packet, HEADROOM);
  const [offsets, lengths, peers, locals] = [1, 1, 1, 1].map((length) => new Uint32Array(length).fill(7));
  loadAddon().stripRawHeader(bytes, SLOT, HEADROOM, offsets!, lengths!, peers!, locals!, packet.length);
  return { offset: offsets![0]!, length: lengths![0]!, peer: peers![0]!, local: locals![0]! };
}

/** RFC 791 §3.1, the same once more. */
function twin(packet: Uint8Array) {
  const header = packet.length < HEADER ? 0 : (packet[0]! % 16) * 4;
  if (header < HEADER || header > packet.length) return { offset: HEADROOM, length: 0, peer: 0, local: 0 };
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  return {
    offset: HEADROOM + header,
    length: packet.length - header,
    peer: view.getUint32(12),
    local: view.getUint32(16),
  };
}

const packets = fc
  .record({
    source: fc.nat(),
    destination: fc.nat(),
    options: fc.nat({ max: 10 }),
    payload: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ source, destination, options, payload }) =>
    ipv4Packet({
      source: ipv4(source),
      destination: ipv4(destination),
      protocol: 47,
      payload,
      options: new Uint8Array(options * 4).fill(1),
    }),
  );

/** The IPv4 header that a raw socket delivers with each packet. */
export const outerHeader: Target = {
  name: "outer-header",
  share: 20,
  inputs: packets.chain((packet) => mutated([packet])),
  run(input) {
    const packet = input.subarray(0, SLOT - HEADROOM);
    assert.deepEqual(native(packet), twin(packet));
  },
};
