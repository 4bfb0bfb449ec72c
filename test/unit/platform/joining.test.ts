import assert from "node:assert/strict";
import { test } from "node:test";
import { fc } from "../../support/fc.ts";
import { needs } from "../../support/needs.ts";
import { joinTwin } from "../../support/packets/joining.ts";
import { joinNative, splitNative } from "../../support/packets/native-segments.ts";
import { gso, nth, SEGMENT, segment, texts } from "../../support/packets/one-stream.ts";
import { readVnet, splitTwin } from "../../support/packets/segmentation.ts";
import { tcpFlows } from "../../support/packets/tcp-flows.ts";
import { ACK, CWR, FIN, mend, PSH, type TcpSegment } from "../../support/packets/tcp-segment.ts";

const skip = needs({ addon: true });

const gsoSizes = (packets: readonly Uint8Array[]) => packets.map((packet) => readVnet(packet).gsoSize);

test("segments of one flow become one packet", { skip }, () => {
  const joined = joinNative([nth(0), nth(1), nth(2)]);
  assert.equal(joined.length, 1);
  assert.equal(joined[0]!.length, 10 + 52 + 300);
  assert.deepEqual(readVnet(joined[0]!), gso());
});

test("segments of several flows that take turns become one packet a flow", { skip }, () => {
  const packets = [0, 1, 2, 3].flatMap((i) => [80, 81, 82].map((port) => nth(i, { destinationPort: port })));
  assert.deepEqual(
    joinNative(packets).map((packet) => packet.length),
    [462, 462, 462],
  );
});

test("one shorter segment is the last", { skip }, () => {
  const payload = new Uint8Array(40);
  const joined = joinNative([nth(0), nth(1, { payload }), nth(2, { sequence: SEGMENT.sequence + 140 })]);
  assert.deepEqual(gsoSizes(joined), [100, 0]);
});

test("a longer segment begins anew", { skip }, () => {
  const payload = new Uint8Array(101);
  assert.deepEqual(gsoSizes(joinNative([nth(0), nth(1, { payload })])), [0, 0]);
});

test("PSH ends what it is joined to", { skip }, () => {
  const joined = joinNative([nth(0), nth(1, { flags: ACK | PSH }), nth(2), nth(3)]);
  assert.deepEqual(gsoSizes(joined), [100, 100]);
  assert.equal(joined[0]![10 + 33], ACK | PSH);
});

test("nothing grows beyond 65,535 octets", { skip }, () => {
  const payload = new Uint8Array(1348);
  const packets = Array.from({ length: 64 }, (_, i) =>
    segment({ id: i, sequence: 1348 * i, payload, dontFragment: true }),
  );
  assert.deepEqual(
    joinNative(packets).map((packet) => packet.length),
    [10 + 52 + 48 * 1348, 10 + 52 + 16 * 1348],
  );
});

test("a segment with a wrong checksum is not made a good one", { skip }, () => {
  for (const spoilt of [0, 1, 2]) {
    for (const at of [8, 11, 36, 60, 151]) {
      const packets = [nth(0), nth(1), nth(2)];
      packets[spoilt]![at]! ^= 1;
      const out = joinNative(packets).flatMap((packet) => splitTwin(packet, 2000));
      assert.deepEqual(texts(out), texts(packets), `octet ${at} of segment ${spoilt}`);
    }
  }
});

const SEPARATE: readonly (readonly [what: string, changes: Partial<TcpSegment>])[] = [
  ["another acknowledgment", { acknowledgment: 8 }],
  ["another window", { window: 501 }],
  ["other options", { tcpOptions: new Uint8Array(12) }],
  ["another number of options", { tcpOptions: new Uint8Array(8).fill(1) }],
  ["another type of service", { tos: 3 }],
  ["another time to live", { ttl: 63 }],
  ["DF", { dontFragment: true }],
  ["IPv4 options", { ipv4Options: new Uint8Array(4).fill(1) }],
  ["FIN", { flags: ACK | FIN }],
  ["congestion window reduced", { flags: ACK | CWR }],
  ["no ACK", { flags: PSH }],
  ["no payload", { payload: new Uint8Array(0) }],
  ["a gap", { sequence: SEGMENT.sequence + 101 }],
  ["an old segment", { sequence: SEGMENT.sequence }],
  ["an ID out of turn", { id: SEGMENT.id + 2 }],
  ["the same ID without DF", { id: SEGMENT.id }],
];

for (const [what, changes] of SEPARATE) {
  test(`${what} keeps a segment apart, and nothing overtakes it`, { skip }, () => {
    const packets = [nth(0), nth(1, changes), nth(2), nth(3)];
    const out = joinNative(packets);
    assert.ok(out.length >= 2);
    assert.deepEqual(texts(out.flatMap((packet) => splitTwin(packet, 2000))), texts(packets));
  });
}

test("with DF the ID may stand still", { skip }, () => {
  const packets = [0, 1, 2].map((i) => nth(i, { dontFragment: true, id: 0 }));
  assert.deepEqual(gsoSizes(joinNative(packets)), [100]);
});

test("an ID that grows does not stand still later, nor the other way round", { skip }, () => {
  const ids = (...values: readonly number[]) =>
    gsoSizes(joinNative(values.map((id, i) => nth(i, { dontFragment: true, id }))));
  assert.deepEqual(ids(4, 5, 5, 6), [100, 100]);
  assert.deepEqual(ids(4, 4, 5, 6), [100, 100]);
});

test("segments that all have a reserved bit are not joined", { skip }, () => {
  for (const [at, bit] of [
    [6, 0x80],
    [32, 0x01],
  ] as const) {
    const packets = [nth(0), nth(1), nth(2)];
    for (const packet of packets) {
      packet[at]! |= bit;
      mend(packet);
    }
    assert.deepEqual(gsoSizes(joinNative(packets)), [0, 0, 0]);
  }
});

test("what looks like TCP but is not is neither joined nor in the way of what is", { skip }, () => {
  const udp = [nth(1), nth(2)];
  for (const packet of udp) packet[9] = 17;
  for (const packet of udp) mend(packet);
  assert.deepEqual(gsoSizes(joinNative([nth(0), ...udp, nth(1)])), [100, 0, 0]);
});

test("a packet of no octets stays one", { skip }, () => {
  assert.deepEqual(
    joinNative([new Uint8Array(0)]).map(({ length }) => length),
    [10],
  );
});

test("joining any packets is as in TypeScript", { skip }, () => {
  fc.assert(
    fc.property(tcpFlows(), (packets) => {
      assert.deepEqual(texts(joinNative(packets)), texts(joinTwin(packets)));
    }),
    { numRuns: 200 },
  );
});

test("what was joined and is split again is what it was, octet for octet, and in the order of its flow", {
  skip,
}, () => {
  const byFlow = (packets: readonly Uint8Array[]) =>
    // Protocol, addresses and ports: a UDP packet that has those of a TCP stream is not one of its segments.
    Map.groupBy(texts(packets), (text) => text.slice(18, 20) + text.slice(24, 48));
  fc.assert(
    fc.property(tcpFlows([1]), (packets) => {
      const joined = joinNative(packets);
      const room = { slot: 4200, headroom: 32, capacity: 64 };
      const whole = joined.map((packet) =>
        readVnet(packet).gsoType === 0 ? [packet.slice(10)] : splitNative(packet, room),
      );
      assert.deepEqual(byFlow(whole.flat()), byFlow(packets));
    }),
    { numRuns: 80 },
  );
});
