import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterReader, counterMemories, toSlot } from "../../../../server/data-plane/counters.ts";
import type { Forward } from "../../../../server/data-plane/in/loop-events.ts";
import { PacketLoop } from "../../../../server/data-plane/loop/packet-loop.ts";
import { typescriptKernel } from "../../../../server/mppe/kernel.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import {
  CLIENT,
  HOST,
  INNER,
  KEYS,
  NETWORK,
  REORDER,
  SERVER,
  SPEC,
} from "../../../support/data-plane/bench.ts";
import { greData, TunnelClient } from "../../../support/data-plane/tunnel-client.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { VirtualPort } from "../../../support/virtual-port.ts";

const packet = udpPacket({ source: INNER, destination: SERVER }, 16);

/**
 * Two loops. What comes to the first and is none of its own goes to the second, if it is of a call of
 * `forwarded`.
 */
function pair(...forwarded: readonly number[]) {
  const clock = new VirtualClock();
  const memories = counterMemories(4, 2);
  const loopWith = (memory: (typeof memories)[number], forward?: Forward) => {
    const [gre, tun] = [new VirtualPort(), new VirtualPort()];
    const events = { control: () => {}, coherencyLost: () => {}, broken: () => {} };
    const mppe = typescriptKernel();
    const common = { gre, tun, clock, events, mppe, reorder: REORDER, slots: 4, counters: memory };
    return { gre, tun, loop: new PacketLoop(forward === undefined ? common : { ...common, forward }) };
  };
  const second = loopWith(memories[1]!);
  const first = loopWith(memories[0]!, (callId, { bytes, offsets, lengths, peers, locals }, i) => {
    if (!forwarded.includes(callId)) return false;
    const at = offsets[i]!;
    const octets = bytes.slice(at, at + lengths[i]!);
    second.loop.receive({ packet: octets, peer: ipv4(peers[i]!), local: ipv4(locals[i]!) });
    return true;
  });
  second.loop.addTunnel(SPEC, toSlot(0));
  second.loop.setKeys(SPEC.callId, KEYS);
  second.loop.openNetwork(SPEC.callId, NETWORK);
  const reader = new CounterReader(memories);
  const drops = () => Object.entries(reader.drops()).filter(([, count]) => count > 0);
  return { clock, first, second, reader, drops };
}

test("a packet that arrived at another loop is treated as one's own", async () => {
  const { clock, first, second, reader, drops } = pair(SPEC.callId);
  const client = new TunnelClient(first.gre, SPEC, KEYS);
  client.data(packet);
  client.data(packet);
  await clock.advance(0);
  assert.deepEqual(
    second.tun.take().map(({ bytes }) => bytes),
    [packet, packet],
  );
  assert.deepEqual([reader.read(toSlot(0)).rxPackets, drops(), first.tun.sent], [2, [], []]);
});

test("one that reaches both, while they change over, counts once", async () => {
  const { clock, first, second, reader, drops } = pair(SPEC.callId);
  const client = new TunnelClient(first.gre, SPEC, KEYS);
  const twice = client.sealed(Uint8Array.of(0, 0x21, ...packet));
  for (const { gre } of [first, second]) gre.deliver(greData(SPEC.callId, 0, twice), CLIENT, HOST);
  await clock.advance(0);
  assert.deepEqual([second.tun.take().length, reader.read(toSlot(0)).rxPackets], [1, 1]);
  assert.deepEqual(drops(), [["gre-duplicate-or-late", 1]]);
});

test("one of a call that nobody has is counted as unknown", async () => {
  const { clock, first, drops } = pair();
  new TunnelClient(first.gre, SPEC, KEYS).data(packet);
  await clock.advance(0);
  assert.deepEqual(drops(), [["gre-unknown-call", 1]]);
});
