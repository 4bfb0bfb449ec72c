import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../../server/wire/bytes.ts";
import { fc } from "../../support/fc.ts";
import { needs } from "../../support/needs.ts";
import { joinNative, splitNative } from "../../support/packets/native-segments.ts";
import { gso, nth, segment, texts } from "../../support/packets/one-stream.ts";
import { GSO_ECN, GSO_TCPV4, splitTwin, withVnet } from "../../support/packets/segmentation.ts";
import { ACK, CWR, FIN, isSound, PSH } from "../../support/packets/tcp-segment.ts";

const skip = needs({ addon: true });
const SLOTS = { slot: 2048, headroom: 32, capacity: 64 };

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
