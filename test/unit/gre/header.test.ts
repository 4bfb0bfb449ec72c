import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  GRE_NOT_PPTP,
  GRE_OK,
  GRE_TRUNCATED,
  GreHeader,
  greHeaderLength,
  MAX_GRE_HEADER,
  readGre,
  writeGre,
} from "../../../server/gre/header.ts";
import { bytes, strictPrefixes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

const header = (fields: Partial<GreHeader>): GreHeader => Object.assign(new GreHeader(), fields);

const packets: readonly [string, GreHeader, Uint8Array][] = [
  [
    "data without acknowledgement",
    header({ callId: 0xa1b2, payloadLength: 3, payloadOffset: 12, hasSequence: true, sequence: 1 }),
    bytes`
      3001 880b   K S, version 1; PPP
      0003 a1b2   Payload length 3, call ID
      00000001    Sequence number
      ff03c0      Payload
    `,
  ],
  [
    "data with acknowledgement",
    header({
      callId: 0,
      payloadLength: 2,
      payloadOffset: 16,
      hasSequence: true,
      sequence: -1,
      hasAcknowledgement: true,
      acknowledgement: 0x7fffffff,
    }),
    bytes`
      3081 880b   K S A, version 1; PPP
      0002 0000   Payload length 2, call ID 0 is legal
      ffffffff    Sequence number 2^32 - 1
      7fffffff    Acknowledgement number
      c021        Payload
    `,
  ],
  [
    "a lone acknowledgement",
    header({ callId: 7, payloadOffset: 12, hasAcknowledgement: true, acknowledgement: 5 }),
    bytes`
      2081 880b   K A, version 1; PPP
      0000 0007   No payload, call ID
      00000005    Acknowledgement number
    `,
  ],
  [
    "a sequence number without payload",
    header({ callId: 7, payloadOffset: 12, hasSequence: true, sequence: 9 }),
    bytes`
      3001 880b   K S, version 1; PPP
      0000 0007   No payload, call ID
      00000009    Sequence number
    `,
  ],
  [
    "neither number",
    header({ callId: 7, payloadOffset: 8 }),
    bytes`
      2001 880b   K, version 1; PPP
      0000 0007   No payload, call ID
    `,
  ],
];

for (const [what, expected, packet] of packets) {
  describe(what, () => {
    test("is read", () => {
      const into = header({ sequence: 77, acknowledgement: 77, payloadLength: 77 });
      assert.equal(readGre(packet, 0, packet.length, into), GRE_OK);
      assert.deepEqual({ ...into }, { ...expected });
    });
    test("is written", () => {
      const out = new Uint8Array(packet.length).fill(0xee);
      const length = writeGre(out, 0, expected);
      assert.equal(length, expected.payloadOffset);
      assert.equal(length, greHeaderLength(expected.hasSequence, expected.hasAcknowledgement));
      assert.ok(length <= MAX_GRE_HEADER);
      assert.deepEqual(out.subarray(0, length), packet.subarray(0, length));
      assert.ok(out.subarray(length).every((octet) => octet === 0xee));
    });
    test("is read behind an IP header and before Ethernet padding", () => {
      const framed = new Uint8Array(20 + packet.length + 6).fill(0xee);
      framed.set(packet, 20);
      const into = new GreHeader();
      assert.equal(readGre(framed, 20, framed.length, into), GRE_OK);
      assert.deepEqual({ ...into }, { ...expected, payloadOffset: 20 + expected.payloadOffset });
    });
    for (const prefix of strictPrefixes(packet))
      test(`truncated at octet ${prefix.length} is refused`, () => {
        assert.equal(readGre(prefix, 0, prefix.length, new GreHeader()), GRE_TRUNCATED);
      });
    test("octets behind the end are not looked at", () => {
      assert.equal(readGre(packet, 0, packet.length - 1, new GreHeader()), GRE_TRUNCATED);
    });
  });
}

const data = packets[0]![2];
const refusals: readonly [string, number, number][] = [
  ["a checksum", 0, 0xb0],
  ["routing", 0, 0x70],
  ["no key", 0, 0x10],
  ["a strict source route", 0, 0x38],
  ["recursion 1", 0, 0x31],
  ["recursion 4", 0, 0x34],
  ["version 0", 1, 0x00],
  ["version 2", 1, 0x02],
  ["version 5", 1, 0x05],
  ["a reserved flag", 1, 0x09],
  ["another reserved flag", 1, 0x41],
  ["IPv4 as protocol", 2, 0x08],
  ["another protocol", 3, 0x0c],
  ["a payload without sequence number", 0, 0x20],
];
for (const [what, at, octet] of refusals)
  test(`${what} is not PPTP`, () => {
    const changed = data.slice();
    changed[at] = octet;
    assert.equal(readGre(changed, 0, changed.length, new GreHeader()), GRE_NOT_PPTP);
  });

test("of any two octets of flags four kinds are PPTP, and of those the RFC's three and one harmless", () => {
  const packet = new Uint8Array(40);
  packet.set([0, 0, 0x88, 0x0b]);
  const accepted: string[] = [];
  for (let flags = 0; flags <= 0xffff; flags++) {
    packet[0] = flags >>> 8;
    packet[1] = flags;
    if (readGre(packet, 0, packet.length, new GreHeader()) === GRE_OK) accepted.push(flags.toString(16));
  }
  assert.deepEqual(accepted, ["2001", "2081", "3001", "3081"]);
});

test("any octets are read or refused, never thrown at, and a payload lies inside the packet", () => {
  const start = fc.constantFrom([], [0x30, 0x01, 0x88, 0x0b], [0x30, 0x81, 0x88, 0x0b, 0]);
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 64 }), fc.nat(8), (first, rest, offset) => {
      const packet = Uint8Array.of(...new Uint8Array(offset), ...first, ...rest);
      const into = new GreHeader();
      if (readGre(packet, offset, packet.length, into) !== GRE_OK) return;
      assert.ok(into.payloadOffset >= offset + 8);
      assert.ok(into.payloadOffset + into.payloadLength <= packet.length);
    }),
    { seed: 2637, numRuns: 1000 },
  );
});

test("any header survives writing and reading", () => {
  const any = fc.record({
    callId: fc.integer({ min: 0, max: 0xffff }),
    payloadLength: fc.integer({ min: 1, max: 0xffff }),
    sequence: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    hasAcknowledgement: fc.boolean(),
    acknowledgement: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  });
  const packet = new Uint8Array(MAX_GRE_HEADER + 0xffff);
  fc.assert(
    fc.property(any, (fields) => {
      const written = header({ ...fields, hasSequence: true });
      const length = writeGre(packet, 0, written);
      const read = new GreHeader();
      assert.equal(readGre(packet, 0, length + fields.payloadLength, read), GRE_OK);
      const acknowledgement = fields.hasAcknowledgement ? fields.acknowledgement : 0;
      assert.deepEqual({ ...read }, { ...written, payloadOffset: length, acknowledgement });
    }),
    { seed: 2637 },
  );
});
