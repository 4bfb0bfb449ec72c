import assert from "node:assert/strict";
import { test } from "node:test";
import type { DropReason } from "../../../../server/data-plane/data-plane.ts";
import { MAX_GARBAGE_IN_A_ROW } from "../../../../server/data-plane/limits.ts";
import { MAX_JUMP, MAX_REFUSED_IN_A_ROW } from "../../../../server/mppe/limits.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes, strictPrefixes } from "../../../support/bytes.ts";
import { address, Bench, CLIENT, INNER, NETWORK, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { greData } from "../../../support/data-plane/tunnel-client.ts";
import { tcpChecksum, tcpPacket, udpPacket } from "../../../support/packets/ipv4.ts";

const inner = udpPacket({ source: INNER, destination: SERVER }, 32);
const configureRequest = bytes`ff03 c021 0101 0004`;

/** Nothing came of it but one drop for this reason, counted in all and, where it has one, with the tunnel. */
async function assertDropped(bench: Bench, reason: DropReason, ofTunnel = true): Promise<void> {
  await bench.settle();
  assert.deepEqual(bench.drops(), { [reason]: 1 });
  assert.equal(bench.plane.counters(SPEC.callId).drops, ofTunnel ? 1 : 0);
  assert.deepEqual(bench.tun.sent, []);
  assert.deepEqual(bench.control, []);
  assert.equal(bench.plane.counters(SPEC.callId).rxPackets, 0);
}

for (const prefix of strictPrefixes(greData(SPEC.callId, 7, configureRequest, 3))) {
  test(`GRE truncated at octet ${prefix.length} is dropped`, async () => {
    const bench = new Bench();
    (await bench.client()).raw(prefix);
    await assertDropped(bench, "gre-truncated", false);
  });
}

test("GRE version 0 is dropped", async () => {
  const bench = new Bench();
  (await bench.client()).raw(bytes`3000 0800 00081234 00000000 ff03c02101010004`);
  await assertDropped(bench, "gre-not-pptp", false);
});

test("a call ID that nobody has is dropped", async () => {
  const bench = new Bench();
  (await bench.client()).raw(greData(0x1235, 0, configureRequest));
  await assertDropped(bench, "gre-unknown-call", false);
});

test("a known call ID from another address is dropped", async () => {
  const bench = new Bench();
  (await bench.client()).raw(greData(SPEC.callId, 0, configureRequest), CLIENT + 1);
  await assertDropped(bench, "gre-wrong-peer", false);
});

for (const [name, second] of [
  ["a duplicate", 5],
  ["a late packet", 4],
] as const) {
  test(`${name} is dropped before MPPE`, async () => {
    const bench = new Bench();
    const client = await bench.client();
    client.raw(greData(SPEC.callId, 5, configureRequest));
    await bench.settle();
    assert.equal(bench.control.splice(0).length, 1);
    client.frame(client.sealed(concat(bytes`0021`, inner)), second);
    await assertDropped(bench, "gre-duplicate-or-late");
  });
}

test("an acknowledgement with Ethernet padding is neither dropped nor passed on", async () => {
  const bench = new Bench();
  (await bench.client()).raw(bytes`2081 880b 0000 1234 00000001 0000000000000000000000000000`);
  await bench.settle();
  assert.deepEqual([bench.drops(), bench.control, bench.tun.sent], [{}, [], []]);
});

for (const [name, frame] of [
  ["address and control alone", bytes`ff03`],
  ["half a protocol", bytes`ff03 c0`],
  ["an even protocol", bytes`ff03 c020 01`],
] as const) {
  test(`a PPP frame of ${name} is dropped`, async () => {
    const bench = new Bench();
    (await bench.client()).frame(frame);
    await assertDropped(bench, "ppp-malformed");
  });
}

for (const [name, head] of [
  ["FF 03 and two octets", bytes`ff03 00fd`],
  ["FF 03 and one octet", bytes`ff03 fd`],
  ["two octets", bytes`00fd`],
  ["one octet", bytes`fd`],
] as const) {
  for (const [width, protocol] of [
    ["two octets", bytes`0021`],
    ["one octet", bytes`21`],
  ] as const) {
    test(`data behind ${name}, with an inner protocol of ${width}, reaches the TUN`, async () => {
      const bench = new Bench();
      const client = await bench.client();
      client.frame(client.sealed(concat(protocol, inner), head));
      await bench.settle();
      assert.deepEqual(bench.tun.sent[0]?.bytes, inner);
      assert.deepEqual(bench.drops(), {});
    });
  }
}

test("data that passed is counted in inner packets and octets, with the time", async () => {
  const bench = new Bench();
  const client = await bench.client();
  await bench.clock.advance(5000);
  client.data(inner);
  client.data(inner);
  await bench.settle();
  assert.deepEqual(bench.plane.counters(SPEC.callId), {
    rxPackets: 2,
    rxBytes: 2 * inner.length,
    txPackets: 0,
    txBytes: 0,
    drops: 0,
    lastActivity: bench.clock.date().getTime(),
    heard: true,
    elsewhere: undefined,
  });
});

test("octets behind the inner packet do not reach the TUN", async () => {
  const bench = new Bench();
  (await bench.client()).data(concat(inner, new Uint8Array(9)));
  await bench.settle();
  assert.deepEqual(bench.tun.sent[0]?.bytes, inner);
});

test("encrypted data before keys is dropped", async () => {
  const bench = new Bench();
  (await bench.client({ keys: false })).data(inner);
  await assertDropped(bench, "mppe-not-ready");
});

test("encrypted data before IPCP is dropped, and the next packet decrypts", async () => {
  const bench = new Bench();
  const client = await bench.client({ open: false });
  client.data(inner);
  await assertDropped(bench, "network-not-open");
  bench.plane.openNetwork(SPEC.callId, NETWORK);
  client.data(inner);
  await bench.settle();
  assert.deepEqual(bench.tun.sent[0]?.bytes, inner);
});

test("data in clear before IPCP is dropped", async () => {
  const bench = new Bench();
  (await bench.client({ keys: false, open: false })).frame(concat(bytes`ff03 0021`, inner));
  await assertDropped(bench, "network-not-open");
});

test("data in clear reaches the TUN where no encryption is required", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, network: { encryptionRequired: false } });
  client.frame(concat(bytes`21`, inner));
  await bench.settle();
  assert.deepEqual(bench.tun.sent[0]?.bytes, inner);
});

for (const [name, frame] of [
  ["IPv4", concat(bytes`ff03 0021`, inner)],
  ["IPv6", bytes`ff03 0057 60`],
] as const) {
  test(`${name} in clear is dropped where encryption is required`, async () => {
    const bench = new Bench();
    (await bench.client({ keys: false })).frame(frame);
    await assertDropped(bench, "clear-text");
  });

  test(`${name} in clear is dropped once there are keys`, async () => {
    const bench = new Bench();
    (await bench.client({ open: false })).frame(frame);
    await assertDropped(bench, "clear-text");
  });
}

test("a coherency count behind is dropped, whatever its sequence number", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const frame = client.sealed(concat(bytes`0021`, inner));
  client.frame(frame);
  await bench.settle();
  client.frame(frame);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "mppe-late": 1 });
  assert.equal(bench.tun.sent.length, 1);
});

test("a coherency count too far ahead is dropped", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (let lost = 0; lost <= MAX_JUMP; lost += 1) client.sealed(bytes`0021`);
  client.data(inner);
  await assertDropped(bench, "mppe-jump");
});

test("MPPE out of step for good breaks the tunnel, once", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (let lost = 0; lost <= MAX_JUMP; lost += 1) client.sealed(bytes`0021`);
  for (let i = 0; i <= MAX_REFUSED_IN_A_ROW + 3; i += 1) client.data(inner);
  await bench.settle();
  assert.deepEqual(bench.broken, [SPEC.callId]);
  assert.deepEqual(bench.drops(), { "mppe-jump": MAX_REFUSED_IN_A_ROW + 4 });
});

for (const [name, frame] of [
  ["without an MPPE header", bytes`ff03 00fd 90`],
  ["whose bit D is clear", bytes`ff03 00fd 8000 0021 45`],
  ["whose bit A is clear", bytes`ff03 00fd 1000 0021 45`],
] as const) {
  test(`a compressed frame ${name} is garbage`, async () => {
    const bench = new Bench();
    (await bench.client()).frame(frame);
    await assertDropped(bench, "mppe-garbage");
  });
}

for (const [name, plain] of [
  ["nothing", bytes``],
  ["half a protocol", bytes`00`],
  ["an even protocol", bytes`0020 45`],
  ["IPv6", bytes`0057 60`],
  ["LCP", bytes`c021 0101 0004`],
] as const) {
  test(`a frame that decrypts to ${name} is garbage, and gets no Protocol-Reject`, async () => {
    const bench = new Bench();
    const client = await bench.client();
    client.frame(client.sealed(plain));
    await assertDropped(bench, "mppe-garbage");
  });
}

test("garbage without end breaks the tunnel, once; a sound packet starts the count again", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const garbage = (count: number): void => {
    for (let i = 0; i < count; i += 1) client.frame(client.sealed(bytes`c021`));
  };
  garbage(MAX_GARBAGE_IN_A_ROW);
  client.data(inner);
  garbage(MAX_GARBAGE_IN_A_ROW);
  await bench.settle();
  assert.deepEqual(bench.broken, []);
  garbage(3);
  await bench.settle();
  assert.deepEqual(bench.broken, [SPEC.callId]);
});

for (const [name, packet] of [
  ["IPv6", bytes`60000000 0000 3b40 ${new Uint8Array(32)}`],
  ["a header cut short", inner.slice(0, 19)],
  ["a Total Length past the end", inner.slice(0, inner.length - 1)],
  ["nothing at all", bytes``],
] as const) {
  test(`an inner packet that is ${name} is dropped`, async () => {
    const bench = new Bench();
    (await bench.client()).data(packet);
    await assertDropped(bench, "inner-malformed");
  });
}

for (const source of ["10.77.0.11", "10.77.0.1", "192.0.2.1", "0.0.0.0"]) {
  test(`an inner packet from ${source}, not the session's address, is dropped`, async () => {
    const bench = new Bench();
    (await bench.client()).data(udpPacket({ source: address(source), destination: SERVER }, 8));
    await assertDropped(bench, "inner-wrong-source");
  });
}

test("the MSS of a SYN from the client is lowered to the MTU less 40", async () => {
  const bench = new Bench();
  (await bench.client()).data(tcpPacket({ source: INNER, destination: SERVER }, 0x02, bytes`0204 05b4`));
  await bench.settle();
  const packet = bench.tun.sent[0]!.bytes;
  assert.deepEqual(packet.slice(40), bytes`0204 0550`);
  assert.equal(tcpChecksum(packet), 0);
});

test("packets that the TUN does not take are counted", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.tun.accepts = 1;
  for (let i = 0; i < 3; i += 1) client.data(inner);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "tun-queue-full": 2 });
  assert.equal(bench.tun.sent.length, 1);
});
