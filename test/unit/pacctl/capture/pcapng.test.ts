import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import {
  enhancedPacket,
  interfaceDescription,
  type Order,
  oldPacket,
  sectionHeader,
  simplePacket,
} from "../../../support/capture/files.ts";
import { ethernet, ipv4 } from "../../../support/capture/frames.ts";
import { ofKind, problems, type Reading, read } from "../../../support/capture/read.ts";

const ORDERS: readonly Order[] = ["big", "little"];

/** A raw packet of 32 octets. */
const RAW = ipv4({ protocol: 47 }, bytes`2081 880b 0000 4242 00000005`);

const FILE = bytes`
  # Section Header Block
  0a0d0d0a 1c000000    type, 28 octets in all
  4d3c2b1a 0100 0000   byte-order magic, little-endian; version 1.0
  ffffffffffffffff     length of the section: not said
  1c000000             length again
  # Interface Description Block
  01000000 28000000    type, 40 octets in all
  6500 0000 00000400   link type 101, raw IP; reserved; snap length
  0200 0400 65746830   if_name eth0
  0900 0100 09 000000  if_tsresol 9: nanoseconds
  0000 0000            end of options
  28000000             length again
  # A block type that nobody knows
  efbeadde 10000000    type, 16 octets in all
  01020304             body
  10000000             length again
  # Enhanced Packet Block
  06000000 40000000    type, 64 octets in all
  00000000             interface 0
  fe9c9717 15cd853d    1,700,000,000.123456789 s, upper and lower half
  20000000 20000000    32 octets of 32
  ${RAW}
  40000000             length again
`;

test("section, interface, unknown block and packet, octet by octet", () => {
  const reading = read(FILE);
  const [packet] = ofKind(reading, "gre");
  assert.deepEqual(packet?.when, { frame: 1, at: 0, interfaceId: 0 });
  assert.equal(packet?.octets.length, 12);
  assert.deepEqual(problems(reading), []);
  assert.equal(reading.summary.format, "pcapng");
  assert.equal(reading.summary.startedAt, 1_700_000_000_123_456_789n);
  assert.deepEqual(reading.summary.interfaces, [{ linkType: 101, name: "eth0" }]);
});

const times = (reading: Reading): number[] => ofKind(reading, "gre").map(({ when }) => when.at);
const raw = { octets: RAW };
const RAW_LINK = { linkType: 101 };

for (const order of ORDERS) {
  test(`${order}-endian: every kind of packet block`, () => {
    const reading = read(
      concat(
        sectionHeader(order),
        interfaceDescription(order, RAW_LINK),
        enhancedPacket(order, 5_000_000n, raw),
        oldPacket(order, 5_000_001n, RAW),
        simplePacket(order, RAW),
      ),
    );
    assert.deepEqual(problems(reading), []);
    assert.deepEqual(times(reading), [0, 1000, 1000], "a Simple Packet Block has the time before it");
    assert.equal(reading.summary.startedAt, 5_000_000_000n);
  });

  test(`${order}-endian: time resolutions and offsets, each interface its own`, () => {
    const interfaces = [
      { resolution: 6 },
      { resolution: 9 },
      { resolution: 3, offset: 10 },
      { resolution: 0x8a }, // 2^-10 s
      { resolution: 12 },
      { offset: -1 },
      { resolution: 0 },
    ];
    const reading = read(
      concat(
        sectionHeader(order),
        ...interfaces.map((description) => interfaceDescription(order, { ...RAW_LINK, ...description })),
        enhancedPacket(order, 11_000_000n, { ...raw, interfaceId: 0 }),
        enhancedPacket(order, 11_000_000_001n, { ...raw, interfaceId: 1 }),
        enhancedPacket(order, 1_500n, { ...raw, interfaceId: 2 }),
        enhancedPacket(order, 11n * 1024n + 512n, { ...raw, interfaceId: 3 }),
        enhancedPacket(order, 11_000_000_002_999n, { ...raw, interfaceId: 4 }),
        enhancedPacket(order, 12_000_003n, { ...raw, interfaceId: 5 }),
        enhancedPacket(order, 12n, { ...raw, interfaceId: 6 }),
        enhancedPacket(order, 11_000_000_005_001n, { ...raw, interfaceId: 4 }),
        enhancedPacket(order, 1_502n, { ...raw, interfaceId: 2 }),
      ),
    );
    // In the order of the file; they come in the order of their times.
    assert.deepEqual(
      ofKind(reading, "gre")
        .toSorted((a, b) => a.when.frame - b.when.frame)
        .map(({ when }) => when.at),
      [0, 1, 500_000_000, 500_000_000, 2, 3000, 1_000_000_000, 5, 502_000_000],
    );
    assert.equal(
      times(reading)
        .toSorted((a, b) => a - b)
        .join(),
      times(reading).join(),
    );
    assert.equal(reading.summary.startedAt, 11_000_000_000n);
  });

  test(`${order}-endian: a second section, of the other byte order, numbers its interfaces anew`, () => {
    const other = order === "big" ? "little" : "big";
    const reading = read(
      concat(
        sectionHeader(order),
        interfaceDescription(order, RAW_LINK),
        enhancedPacket(order, 1n, raw),
        sectionHeader(other),
        interfaceDescription(other, { linkType: 1, name: "eth1" }),
        enhancedPacket(other, 2n, { octets: ethernet(RAW) }),
      ),
    );
    assert.deepEqual(
      ofKind(reading, "gre").map(({ when }) => when),
      [
        { frame: 1, at: 0, interfaceId: 0 },
        { frame: 2, at: 1000, interfaceId: 1 },
      ],
    );
    assert.deepEqual(reading.summary.interfaces, [
      { linkType: 101, name: undefined },
      { linkType: 1, name: "eth1" },
    ]);
  });
}
