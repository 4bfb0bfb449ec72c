import assert from "node:assert/strict";
import { test } from "node:test";
import type { DropReason } from "../../../../server/data-plane/data-plane.ts";
import { ICMP_BURST } from "../../../../server/data-plane/limits.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { octets } from "../../../../server/wire/units.ts";
import { bytes, strictPrefixes } from "../../../support/bytes.ts";
import { address, Bench, CLIENT, HOST, INNER, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { readPacket } from "../../../support/data-plane/tunnel-client.ts";
import { ipv4Packet, tcpChecksum, tcpPacket, udpPacket } from "../../../support/packets/ipv4.ts";

const inner = udpPacket({ source: SERVER, destination: INNER }, 32);

/** A UDP packet to the client of `total` octets. */
const sized = (total: number, dontFragment: boolean): Uint8Array =>
  udpPacket({ source: SERVER, destination: INNER, dontFragment }, total - 28);

async function assertDropped(bench: Bench, reason: DropReason, ofTunnel: boolean): Promise<void> {
  await bench.settle();
  assert.deepEqual(bench.drops(), { [reason]: 1 });
  assert.equal(bench.plane.counters(SPEC.callId).drops, ofTunnel ? 1 : 0);
  assert.equal(bench.plane.counters(SPEC.callId).txPackets, 0);
  assert.deepEqual(bench.gre.sent, []);
}

for (const [acfc, pfc, head] of [
  [false, false, bytes`ff03 00fd`],
  [true, false, bytes`00fd`],
  [false, true, bytes`ff03 fd`],
  [true, true, bytes`fd`],
] as const) {
  test(`an encrypted frame begins as LCP agreed: ACFC ${acfc}, PFC ${pfc}`, async () => {
    const bench = new Bench();
    const client = await bench.client({ network: { acfc, pfc } });
    bench.tun.deliver(inner);
    await bench.settle();
    const [packet] = bench.gre.take();
    assert.deepEqual([packet!.peer, packet!.local], [CLIENT, HOST]);
    const { callId, sequence, acknowledgement, payload } = readPacket(packet!);
    assert.deepEqual([callId, sequence, acknowledgement], [SPEC.peerCallId, 0, undefined]);
    assert.deepEqual(client.opened(payload, head), concat(bytes`0021`, inner));
  });
}

for (const [acfc, pfc, head] of [
  [false, false, bytes`ff03 0021`],
  [true, false, bytes`0021`],
  [false, true, bytes`ff03 21`],
  [true, true, bytes`21`],
] as const) {
  test(`a frame in clear begins as LCP agreed: ACFC ${acfc}, PFC ${pfc}`, async () => {
    const bench = new Bench();
    await bench.client({ keys: false, network: { acfc, pfc, encryptionRequired: false } });
    bench.tun.deliver(inner);
    await bench.settle();
    assert.deepEqual(readPacket(bench.gre.sent[0]!).payload, concat(head, inner));
  });
}

test("data is counted in inner packets and octets, with the time", async () => {
  const bench = new Bench();
  await bench.client();
  await bench.clock.advance(777);
  for (let i = 0; i < 3; i += 1) bench.tun.deliver(inner);
  await bench.settle();
  const { txPackets, txBytes, rxPackets, lastActivity } = bench.plane.counters(SPEC.callId);
  assert.deepEqual([txPackets, txBytes, rxPackets], [3, 3 * inner.length, 0]);
  assert.equal(lastActivity, bench.clock.date().getTime());
});

test("a batch with drops in it loses nothing else and keeps its order", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const second = await bench.client({
    spec: { callId: toCallId(2), peerCallId: toPeerCallId(22) },
    network: { address: address("10.77.0.11") },
  });
  const other = udpPacket({ source: SERVER, destination: address("10.77.0.11") }, 100);
  for (const packet of [
    inner,
    bytes`60`,
    other,
    udpPacket({ source: SERVER, destination: HOST }, 5),
    inner,
  ]) {
    bench.tun.deliver(packet);
  }
  await bench.settle();
  const sent = bench.gre.take().map(readPacket);
  assert.deepEqual(
    sent.map(({ callId, sequence }) => [callId, sequence]),
    [
      [SPEC.peerCallId, 0],
      [22, 0],
      [SPEC.peerCallId, 1],
    ],
  );
  assert.deepEqual(client.opened(sent[0]!.payload), concat(bytes`0021`, inner));
  assert.deepEqual(second.opened(sent[1]!.payload), concat(bytes`0021`, other));
  assert.deepEqual(client.opened(sent[2]!.payload), concat(bytes`0021`, inner));
});

test("a packet that is not IPv4 is dropped", async () => {
  const bench = new Bench();
  await bench.client();
  bench.tun.deliver(bytes`60000000 0008 3aff ${new Uint8Array(40)}`);
  await assertDropped(bench, "tun-not-ipv4", false);
});

test("an ICMP Redirect to a client is dropped; any other ICMP, and a later fragment that looks like one, is not", async () => {
  const bench = new Bench();
  await bench.client();
  const icmp = (type: number, fragmentOffset = 0) =>
    ipv4Packet({
      source: SERVER,
      destination: INNER,
      protocol: 1,
      payload: Uint8Array.of(type, 1),
      fragmentOffset,
    });
  bench.tun.deliver(icmp(5));
  await assertDropped(bench, "icmp-redirect", false);
  for (const packet of [icmp(0), icmp(3), icmp(5, 185)]) bench.tun.deliver(packet);
  await bench.settle();
  assert.equal(bench.gre.take().length, 3);
});

for (const prefix of strictPrefixes(inner.slice(0, 24)).concat(inner.slice(0, -1))) {
  test(`a packet truncated at octet ${prefix.length} is dropped`, async () => {
    const bench = new Bench();
    await bench.client();
    bench.tun.deliver(prefix);
    await assertDropped(bench, "inner-malformed", false);
  });
}

test("an address that nobody has is dropped", async () => {
  const bench = new Bench();
  await bench.client();
  bench.tun.deliver(udpPacket({ source: SERVER, destination: address("10.77.0.11") }, 8));
  await assertDropped(bench, "tun-no-tunnel", false);
});

test("a packet for a client whose network is not open is dropped", async () => {
  const bench = new Bench();
  await bench.client({ open: false });
  bench.tun.deliver(inner);
  await assertDropped(bench, "tun-no-tunnel", false);
});

test("nothing goes out in clear where encryption is required and there are no keys", async () => {
  const bench = new Bench();
  await bench.client({ keys: false });
  bench.tun.deliver(inner);
  await assertDropped(bench, "clear-text", true);
});

test("a packet of the MTU is sent", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.tun.deliver(sized(1400, true));
  await bench.settle();
  assert.deepEqual(
    client.opened(readPacket(bench.gre.sent[0]!).payload),
    concat(bytes`0021`, sized(1400, true)),
  );
});

test("a larger one with DF is answered with the MTU that fits, from the client's address", async () => {
  const bench = new Bench();
  await bench.client({ network: { mtu: octets(1296) } });
  const packet = sized(1297, true);
  bench.tun.deliver(packet);
  await assertDropped(bench, "inner-too-big", true);
  const [error] = bench.tun.take();
  assert.deepEqual(error!.bytes.slice(0, 10), bytes`4500 0240 0000 0000 4001`);
  assert.deepEqual(error!.bytes.slice(12, 22), bytes`0a4d000a c6336407 0304`);
  assert.deepEqual(error!.bytes.slice(24, 28), bytes`0000 0510`);
  assert.deepEqual(error!.bytes.slice(28), packet.slice(0, 548));
});

test("answers to packets that are too big are limited in rate", async () => {
  const bench = new Bench();
  await bench.client();
  for (let i = 0; i < ICMP_BURST + 5; i += 1) bench.tun.deliver(sized(1401, true));
  await bench.settle();
  assert.equal(bench.tun.take().length, ICMP_BURST);
  assert.deepEqual(bench.drops(), { "inner-too-big": ICMP_BURST + 5 });
  await bench.clock.advance(10);
  bench.tun.deliver(sized(1401, true));
  await bench.settle();
  assert.equal(bench.tun.take().length, 1);
});

test("a larger one that may be fragmented is cut, in its place between its neighbours", async () => {
  const bench = new Bench();
  const client = await bench.client({ network: { mtu: octets(572) } });
  const packet = sized(1400, false);
  for (const one of [inner, packet, inner]) bench.tun.deliver(one);
  await bench.settle();
  const sent = bench.gre.take().map((one) => readPacket(one));
  assert.deepEqual(
    sent.map(({ sequence }) => sequence),
    [0, 1, 2, 3, 4],
  );
  const received = sent.map(({ payload }) => client.opened(payload).slice(2));
  assert.deepEqual(received.at(0), inner);
  assert.deepEqual(received.at(-1), inner);
  const pieces = received.slice(1, -1);
  assert.deepEqual(
    pieces.map((piece) => piece.length),
    [572, 572, 296],
  );
  assert.deepEqual(concat(...pieces.map((piece) => piece.slice(20))), packet.slice(20));
  const { txPackets, txBytes } = bench.plane.counters(SPEC.callId);
  assert.deepEqual([txPackets, txBytes], [5, 572 + 572 + 296 + 2 * inner.length]);
  assert.deepEqual(bench.drops(), {});
});

test("pieces that the kernel does not take are counted", async () => {
  const bench = new Bench();
  await bench.client({ network: { mtu: octets(572) } });
  bench.gre.accepts = 1;
  bench.tun.deliver(sized(1400, false));
  await bench.settle();
  assert.deepEqual(bench.drops(), { "gre-send-failed": 2 });
});

test("the MSS of a SYN to the client is lowered to the MTU less 40", async () => {
  const bench = new Bench();
  const client = await bench.client({ network: { mtu: octets(1396) } });
  bench.tun.deliver(tcpPacket({ source: SERVER, destination: INNER }, 0x12, bytes`0204 05b4`));
  await bench.settle();
  const packet = client.opened(readPacket(bench.gre.sent[0]!).payload).slice(2);
  assert.deepEqual(packet.slice(40), bytes`0204 054c`);
  assert.equal(tcpChecksum(packet), 0);
});

test("packets that the kernel does not take are counted", async () => {
  const bench = new Bench();
  await bench.client();
  bench.gre.accepts = 1;
  for (let i = 0; i < 3; i += 1) bench.tun.deliver(inner);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "gre-send-failed": 2 });
});
