import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_INTERFACES } from "../../../../pacctl/capture/limits.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes, fromHex } from "../../../support/bytes.ts";
import { pcap, START } from "../../../support/capture/files.ts";
import { ethernet, gre, ipv4 } from "../../../support/capture/frames.ts";
import { ofKind, problems, read } from "../../../support/capture/read.ts";

/** A GRE acknowledgement in 32 octets of IPv4. */
const ACKNOWLEDGEMENT = bytes`
  4500 0020 0001 0000 40 2f 8e72    IPv4, 32 octets, identification 1, TTL 64, protocol 47
  c6336407 c0000201                 from 198.51.100.7 to 192.0.2.1
  2081 880b 0000 4242 00000005      GRE of PPTP: K and A, payload 0, call ID, acknowledgement
`;

const LITTLE = bytes`
  d4c3b2a1             magic number, little-endian, microseconds
  0200 0400            version 2.4
  00000000 00000000    time zone, accuracy
  00000400             snap length 262,144
  65000000             link type 101, raw IP
  00f15365             1,700,000,000 s
  40e20100             123,456 µs
  20000000 20000000    32 octets of 32
  ${ACKNOWLEDGEMENT}
  01f15365 e8030000    1,700,000,001 s, 1,000 µs
  1a000000 20000000    26 octets of 32: the capture cut the rest
  ${ACKNOWLEDGEMENT.subarray(0, 26)}
`;

const BIG_NANO = bytes`
  a1b23c4d             magic number, big-endian, nanoseconds
  0002 0004            version 2.4
  00000000 00000000    time zone, accuracy
  00040000             snap length 262,144
  00000065             link type 101, raw IP
  6553f100             1,700,000,000 s
  075bcd15             123,456,789 ns
  00000020 00000020    32 octets of 32
  ${ACKNOWLEDGEMENT}
  6553f100 075bcd16    a nanosecond later
  00000020 00000020    32 octets of 32
  ${ACKNOWLEDGEMENT}
`;

const PATCHED = bytes`
  34cdb2a1             magic number of the patched libpcap, little-endian
  0200 0400            version 2.4
  00000000 00000000    time zone, accuracy
  00000400             snap length 262,144
  65000000             link type 101, raw IP
  00f15365 00000000    1,700,000,000 s
  20000000 20000000    32 octets of 32
  02000000             interface 2
  0800 00 00           protocol, packet type, padding
  ${ACKNOWLEDGEMENT}
`;

test("little-endian with microseconds: packets, times, and what the capture cut", () => {
  const { events, summary } = read(LITTLE);
  const of = { kind: "gre", source: "198.51.100.7", destination: "192.0.2.1", length: 12 } as const;
  assert.deepEqual(events, [
    {
      ...of,
      when: { frame: 1, at: 0, interfaceId: 0 },
      octets: fromHex("2081880b 00004242 00000005"),
      cut: false,
      checksum: "right",
      copyOf: undefined,
    },
    {
      ...of,
      when: { frame: 2, at: 877_544_000, interfaceId: 0 },
      octets: fromHex("2081880b 0000"),
      cut: true,
      checksum: "right",
      copyOf: undefined,
    },
  ]);
  assert.equal(summary.format, "pcap");
  assert.equal(summary.startedAt, 1_700_000_000_123_456_000n);
  assert.equal(summary.frames, 2);
  assert.equal(summary.octets, LITTLE.length);
  assert.deepEqual(summary.interfaces, [{ linkType: 101, name: undefined }]);
  assert.equal(summary.packets.gre, 2);
  assert.equal(summary.notes.cut, 1);
});

test("big-endian with nanoseconds: times are exact to the nanosecond", () => {
  const reading = read(BIG_NANO);
  assert.equal(reading.summary.startedAt, 1_700_000_000_123_456_789n);
  assert.deepEqual(
    ofKind(reading, "gre").map(({ when }) => when.at),
    [0, 1],
  );
});

test("the patched libpcap's longer record headers are read", () => {
  const reading = read(PATCHED);
  assert.equal(ofKind(reading, "gre").length, 1);
  assert.deepEqual(problems(reading), []);
});

test("a link type with the length of a frame check sequence beside it is that link type", () => {
  const file = pcap([{ octets: ethernet(ipv4({ protocol: 47 }, gre(1, new Uint8Array(4)))) }]);
  new DataView(file.buffer).setUint32(20, 0x24000001, true); // FCS of four octets
  assert.equal(read(file).summary.packets.gre, 1);
});

test("before version 2.4 the two lengths are the other way round", () => {
  for (const minor of [2, 3]) {
    const file = pcap([{ octets: ACKNOWLEDGEMENT.subarray(0, 26), original: 32 }], { linkType: 101 });
    const view = new DataView(file.buffer);
    view.setUint16(6, minor, true);
    view.setUint32(24 + 8, 32, true);
    view.setUint32(24 + 12, 26, true);
    assert.equal(ofKind(read(file), "gre")[0]?.octets.length, 6, `2.${minor}`);
  }
});

test("a time before that of the first packet is negative, and comes first", () => {
  const octets = ACKNOWLEDGEMENT;
  const packets = [
    { octets, time: 1_700_000_000_000_000_000n },
    { octets, time: 1_699_999_999_999_999_000n },
  ];
  const reading = read(pcap(packets, { linkType: 101 }));
  assert.deepEqual(
    ofKind(reading, "gre").map(({ when }) => [when.frame, when.at]),
    [
      [2, -1000],
      [1, 0],
    ],
  );
});

const problem = (code: string, offset: number, frames: number, detail: string, ended = true) => [
  { kind: "problem", code, offset, frames, ended, detail },
];

test("files one behind the other, as cat puts them, of other units and byte orders: read as one", () => {
  const one = pcap([{ octets: ACKNOWLEDGEMENT }], { linkType: 101 });
  const two = pcap([{ octets: ACKNOWLEDGEMENT, time: START + 5_000_000n }], {
    linkType: 101,
    order: "big",
    nanoseconds: true,
  });
  const three = pcap([{ octets: ethernet(ACKNOWLEDGEMENT), time: START + 7_000_000n }]);
  const file = concat(one, two, three, pcap([]));
  const reading = read(file);
  assert.deepEqual(problems(reading), []);
  assert.deepEqual(
    ofKind(reading, "gre").map(({ when }) => [when.at, when.interfaceId]),
    [
      [0, 0],
      [5_000_000, 0],
      [7_000_000, 1],
    ],
  );
  assert.deepEqual(read(file, {}, 5), reading);
});

test("headers without end are no interfaces without end", () => {
  const headers = [0, 1].map((order) => pcap([], { linkType: order }));
  const file = concat(...Array.from({ length: MAX_INTERFACES + 10 }, (_, i) => headers[i % 2]!));
  const reading = read(file);
  assert.deepEqual(
    problems(reading).map(({ code }) => code),
    ["too-many-interfaces"],
  );
  assert.ok(reading.summary.interfaces.length <= MAX_INTERFACES);
});

test("an empty file", () => {
  assert.deepEqual(problems(read(new Uint8Array(0))), problem("empty", 0, 0, ""));
});

test("another version than 2 is not read", () => {
  const file = pcap([]);
  file[4] = 3;
  assert.deepEqual(problems(read(file)), problem("unsupported-version", 0, 0, "pcap 3.4"));
});

test("a packet larger than any is the end of what can be read; what came before stands", () => {
  const file = pcap([{ octets: ACKNOWLEDGEMENT }, { octets: ACKNOWLEDGEMENT }], { linkType: 101 });
  const second = 24 + 16 + 32;
  const patched = ", perhaps since Nokia, Red Hat 6.1 or SuSE 6.3 wrote it: editcap -F pcapng FILE OUT";
  new DataView(file.buffer).setUint32(second + 8, 262_145, true);
  const reading = read(file);
  assert.deepEqual(
    problems(reading),
    problem("bad-record", second, 1, `a packet of 262145 octets${patched}`),
  );
  assert.equal(reading.summary.packets.gre, 1);
});

test("an unknown link type is told once, with its first packet, and its packets are counted", () => {
  const octets = new Uint8Array(60);
  const reading = read(pcap([{ octets }, { octets }], { linkType: 189 }));
  assert.deepEqual(
    problems(reading),
    problem("unknown-link-type", 24, 1, "link type 189 (USB_LINUX)", false),
  );
  assert.equal(reading.summary.packets["unknown-link"], 2);
});
