import assert from "node:assert/strict";
import { UNLIMITED } from "../../../server/data-plane/data-plane.ts";
import { innerLength, signed, sourceOf } from "../../../server/ip/inner-packet.ts";
import { parseDestination } from "../../../server/policy/destinations.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { toCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { bytes } from "../../support/bytes.ts";
import { address, Bench, NETWORK, SPEC } from "../../support/data-plane/bench.ts";
import { readPacket, type TunnelClient } from "../../support/data-plane/tunnel-client.ts";
import { fc } from "../../support/fc.ts";
import type { VirtualPacket } from "../../support/virtual-port.ts";
import { changed, spoilt } from "../changes.ts";
import { chunks, unpack } from "../chunks.ts";
import { FRAMES, INSIDE, innerPackets, OUTSIDE } from "../seeds.ts";
import type { Target } from "../target.ts";
import { greSeeds } from "./gre.ts";

/** A second client, whose data is in clear, and whose user may not go everywhere. */
const CLEAR_ID = SPEC.callId + 1;
const CLEAR_INSIDE = address("10.77.0.11");

/** Its memory is large; the tunnels in it are new with each input. */
let bench = new Bench();

async function newClients(): Promise<{ sealed: TunnelClient; clear: TunnelClient }> {
  const sealed = await bench.client();
  const clear = await bench.client({
    spec: { callId: toCallId(CLEAR_ID), peerCallId: toPeerCallId(7) },
    keys: false,
    open: false,
  });
  const rule = parseDestination("192.0.2.0/24");
  assert.ok(rule.ok);
  bench.plane.openNetwork(toCallId(CLEAR_ID), {
    ...NETWORK,
    address: CLEAR_INSIDE,
    encryptionRequired: false,
    traffic: { ...UNLIMITED, rateDown: 1e9, destinations: [rule.value] },
  });
  return { sealed, clear };
}

/** What came out of the packet loop. */
interface Outcome {
  readonly tun: readonly VirtualPacket[];
  readonly gre: readonly VirtualPacket[];
  readonly control: number;
}

/** All that is owed is sent, the tunnels are removed, and no timer waits any more. */
async function outcome(): Promise<Outcome> {
  const { clock, plane, tun, gre, control } = bench;
  await clock.advance(0);
  await clock.advance(1_000);
  const left = clock.pending();
  plane.remove(SPEC.callId);
  plane.remove(toCallId(CLEAR_ID));
  bench.broken.splice(0);
  bench.lost.splice(0);
  if (left > 0) bench = new Bench();
  assert.equal(left, 0, "a timer is left behind");
  return { tun: tun.take(), gre: gre.take(), control: control.splice(0).length };
}

type Way = (octets: Uint8Array, tag: number, clients: { sealed: TunnelClient; clear: TunnelClient }) => void;

/** Ways in which a client sends octets. */
const WAYS: readonly Way[] = [
  (octets, _tag, { sealed }) => sealed.data(octets),
  (octets, _tag, { sealed }) => sealed.data(octets),
  (octets, _tag, { sealed }) => sealed.raw(octets),
  (octets, _tag, { sealed }) => sealed.frame(octets),
  (octets, _tag, { clear }) => clear.frame(octets),
  (octets, _tag, { clear }) => clear.frame(concat(bytes`21`, octets)),
  (octets, tag, { clear }) => {
    clear.sequence += (tag >>> 4) - 3;
    clear.frame(concat(bytes`ff03 0021`, octets));
  },
  (octets, tag, { sealed }) => {
    const frame = sealed.sealed(concat(bytes`0021`, octets));
    sealed.frame(changed(frame, { kind: tag, at: octets.length, value: tag }));
  },
];

const sound = ({ bytes: packet }: VirtualPacket): boolean =>
  innerLength(packet, 0, packet.length) === packet.length;

const fromInside = [...innerPackets(INSIDE, OUTSIDE), ...innerPackets(CLEAR_INSIDE, OUTSIDE)];

const fromClients: Target = {
  name: "packets-from-clients",
  share: 40,
  inputs: chunks(fc.oneof(spoilt(greSeeds(SPEC.callId)), spoilt(FRAMES), spoilt(fromInside)), 12),
  async run(input) {
    const clients = await newClients();
    const list = unpack(input);
    for (const { tag, octets } of list) WAYS[tag % WAYS.length]!(octets, tag, clients);
    const { tun, gre, control } = await outcome();
    for (const packet of tun) {
      assert.ok(sound(packet), "no IPv4 packet");
      const source = sourceOf(packet.bytes, 0);
      assert.ok(source === signed(INSIDE) || source === signed(CLEAR_INSIDE), "a forged source");
      if (source === signed(CLEAR_INSIDE)) assert.deepEqual([...packet.bytes.slice(16, 19)], [192, 0, 2]);
    }
    assert.ok(tun.length + control <= list.length);
    assert.ok(gre.length <= list.length + 2, `${gre.length} answers`);
  },
};

/** Ours: a packet of 1500 octets cut for the smallest MTU, and the error that may go back. */
const MOST_PIECES = 64;

const toClients: Target = {
  name: "packets-to-clients",
  share: 20,
  inputs: chunks(spoilt([...innerPackets(OUTSIDE, INSIDE), ...innerPackets(OUTSIDE, CLEAR_INSIDE)]), 12),
  async run(input) {
    await newClients();
    const list = unpack(input);
    for (const { octets } of list) bench.tun.deliver(octets);
    const { tun, gre } = await outcome();
    assert.ok(gre.length <= list.length * MOST_PIECES);
    for (const packet of gre) {
      const { payload } = readPacket(packet);
      assert.ok(payload.length <= NETWORK.mtu + 8, `${payload.length} octets of PPP`);
      const isClear = payload[3] === 0x21;
      if (isClear) assert.ok(sound({ ...packet, bytes: payload.subarray(4) }));
    }
    for (const packet of tun) assert.ok(sound(packet) && packet.bytes[9] === 1, "not an ICMP error");
  },
};

export const packetLoop: readonly Target[] = [fromClients, toClients];
