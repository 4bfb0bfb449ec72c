import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hex } from "../../../server/wire/bytes.ts";
import { ipv4 } from "../../../server/wire/ipv4.ts";
import { needs } from "../../support/needs.ts";
import { joinTwin } from "../../support/packets/joining.ts";
import { joinNative, splitNative } from "../../support/packets/native-segments.ts";
import {
  GSO_ECN,
  GSO_TCPV4,
  NEEDS_CHECKSUM,
  readVnet,
  splitTwin,
  type VnetHeader,
  withVnet,
} from "../../support/packets/segmentation.ts";
import { tcpFlows } from "../../support/packets/tcp-flows.ts";
import {
  ACK,
  CWR,
  FIN,
  isSound,
  mend,
  PSH,
  type TcpSegment,
  tcpSegment,
} from "../../support/packets/tcp-segment.ts";

const skip = needs({ addon: true });
const SLOTS = { slot: 2048, headroom: 32, capacity: 64 };

const SEGMENT: TcpSegment = {
  source: ipv4(0x0a4d000a),
  destination: ipv4(0xc0000250),
  sourcePort: 40000,
  destinationPort: 80,
  tos: 0,
  id: 0xfffe,
  dontFragment: false,
  ttl: 64,
  sequence: 0xfffffff0,
  acknowledgment: 7,
  flags: ACK,
  window: 500,
  ipv4Options: new Uint8Array(0),
  tcpOptions: new Uint8Array(12).fill(1),
  payload: new Uint8Array(100).fill(0x55),
};
const segment = (changes: Partial<TcpSegment> = {}) => tcpSegment({ ...SEGMENT, ...changes });

/** The i-th of segments that continue each other. */
const nth = (i: number, changes: Partial<TcpSegment> = {}) =>
  segment({ id: SEGMENT.id + i, sequence: SEGMENT.sequence + 100 * i, ...changes });

const gso = (changes: Partial<VnetHeader> = {}): VnetHeader => ({
  flags: NEEDS_CHECKSUM,
  gsoType: GSO_TCPV4,
  headerLength: 52,
  gsoSize: 100,
  checksumStart: 20,
  checksumOffset: 16,
  ...changes,
});

const texts = (packets: readonly Uint8Array[]) => packets.map(hex);
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
    Map.groupBy(texts(packets), (text) => text.slice(24, 48)); // addresses and ports
  fc.assert(
    fc.property(tcpFlows([1]), (packets) => {
      const joined = joinNative(packets);
      const room = { ...SLOTS, slot: 4200 };
      const whole = joined.map((packet) =>
        readVnet(packet).gsoType === 0 ? [packet.slice(10)] : splitNative(packet, room),
      );
      assert.deepEqual(byFlow(whole.flat()), byFlow(packets));
    }),
    { numRuns: 80 },
  );
});

test("a super-packet is cut into segments with the fields that change", { skip }, () => {
  const flags = ACK | PSH | FIN | CWR;
  const payload = Uint8Array.from({ length: 250 }, (_, i) => i);
  const cut = splitNative(withVnet(gso(), segment({ flags, payload })), SLOTS);
  const part = (from: number, to: number) => payload.slice(from, to);
  assert.deepEqual(
    texts(cut),
    texts([
      nth(0, { flags: ACK | CWR, payload: part(0, 100) }),
      nth(1, { flags: ACK, payload: part(100, 200) }),
      nth(2, { flags: ACK | PSH | FIN, payload: part(200, 250) }),
    ]),
  );
  assert.ok(cut.every(isSound));
});

test("a checksum that is asked for is completed, and one of UDP is never 0", { skip }, () => {
  const packet = segment();
  const spoilt = packet.slice();
  // The pseudo-header's sum, as the kernel leaves it.
  const pseudo = joinNative([nth(0), nth(1)])[0]!.slice(10 + 36, 10 + 38);
  spoilt.set(pseudo, 36);
  const half = withVnet(gso({ gsoType: 0 }), spoilt);
  const [done] = splitNative(half, { ...SLOTS, capacity: 2 });
  assert.deepEqual(hex(done!), hex(splitTwin(half, 2000)[0]!));
  const zero = withVnet(
    gso({ gsoType: 0, checksumStart: 0, checksumOffset: 2 }),
    Uint8Array.of(0xff, 0xff, 0, 0),
  );
  assert.deepEqual(hex(splitNative(zero, { ...SLOTS, capacity: 2 })[0]!), "ffffffff");
});

const HOPELESS: readonly (readonly [what: string, packet: Uint8Array])[] = [
  ["segments without a size", withVnet(gso({ gsoSize: 0 }), segment())],
  ["another kind of segments", withVnet(gso({ gsoType: 4 }), segment())],
  ["no packet", withVnet(gso(), new Uint8Array(0))],
  ["no payload", withVnet(gso(), segment({ payload: new Uint8Array(0) }))],
  ["an IPv4 header behind the end", withVnet(gso(), segment().fill(0x4f, 0, 1).subarray(0, 44))],
  // What would be taken for the TCP header's length is one.
  ["an IPv4 header too short", withVnet(gso(), segment({ acknowledgment: 0x50000000 }).fill(0x44, 0, 1))],
  ["a TCP header behind the end", withVnet(gso(), segment().fill(0xf0, 32, 33).subarray(0, 79))],
  ["a TCP header too short", withVnet(gso(), segment().fill(0x40, 32, 33))],
  ["IPv6", withVnet(gso(), segment().fill(0x65, 0, 1))],
  [
    "a checksum behind the end",
    withVnet(gso({ gsoType: 0, checksumStart: 0xffff, checksumOffset: 0xffff }), segment()),
  ],
  [
    "a checksum across the end",
    withVnet(gso({ gsoType: 0, checksumStart: 150, checksumOffset: 1 }), segment()),
  ],
];

for (const [what, packet] of HOPELESS) {
  test(`${what}: the packet is dropped`, { skip }, () => {
    assert.deepEqual(splitNative(packet, SLOTS), []);
    assert.deepEqual(splitTwin(packet, 2016), []);
  });
}

test("segments that do not fit the slots are dropped", { skip }, () => {
  const packet = withVnet(gso({ gsoSize: 101 }), segment({ payload: new Uint8Array(1000) }));
  assert.equal(splitNative(packet, { slot: 160, headroom: 8, capacity: 64 }).length, 0);
  assert.equal(splitNative(packet, { slot: 161, headroom: 8, capacity: 64 }).length, 10);
});

test("splitting any packet is as in TypeScript, in one call or in several", { skip }, () => {
  const payload = fc
    .oneof(fc.nat(3000), fc.nat(65000))
    .map((length) => Uint8Array.from({ length }, (_, i) => i * 7));
  const any = fc.record({
    vnet: fc.record({
      flags: fc.nat(3),
      gsoType: fc.constantFrom(0, GSO_TCPV4, GSO_TCPV4, GSO_TCPV4 | GSO_ECN, 3),
      headerLength: fc.nat(100),
      gsoSize: fc.oneof(fc.integer({ min: 500, max: 1500 }), fc.integer({ min: 40, max: 9000 })),
      checksumStart: fc.oneof(fc.constant(20), fc.nat(3000)),
      checksumOffset: fc.constantFrom(16, 6, 0, 1, 3000),
    }),
    fields: fc.record({
      payload,
      id: fc.nat(0xffff),
      sequence: fc.nat(0xffffffff),
      flags: fc.nat(0xff),
      ipv4Options: fc.nat(10).map((words) => new Uint8Array(4 * words).fill(1)),
      tcpOptions: fc.nat(10).map((words) => new Uint8Array(4 * words).fill(1)),
    }),
    capacity: fc.constantFrom(1, 2, 7, 64),
  });
  fc.assert(
    fc.property(any, ({ vnet, fields, capacity }) => {
      const packet = withVnet(vnet, segment(fields));
      // A packet that is not cut is handed out by the first call; another call would see it again.
      const slots = { ...SLOTS, capacity: vnet.gsoType === 0 ? 2 : capacity };
      assert.deepEqual(texts(splitNative(packet, slots)), texts(splitTwin(packet, 2016)));
    }),
    { numRuns: 150 },
  );
});
