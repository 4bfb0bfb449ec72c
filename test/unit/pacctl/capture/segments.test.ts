import assert from "node:assert/strict";
import { test } from "node:test";
import type { CaptureOptions, TcpSegment } from "../../../../pacctl/capture/captured.ts";
import { type FilePacket, pcap } from "../../../support/capture/files.ts";
import { gre, ipv4, ipv6, tcp } from "../../../support/capture/frames.ts";
import { ofKind, read } from "../../../support/capture/read.ts";
import { at, client, HANDSHAKE, SYN, server } from "../../../support/capture/segments.ts";

const reading = (packets: readonly (Uint8Array | FilePacket)[], options: CaptureOptions) =>
  read(
    pcap(
      packets.map((packet, i) => (packet instanceof Uint8Array ? at(i / 1000, packet) : packet)),
      { linkType: 101 },
    ),
    options,
  );

/** Frame, sender, octets, what it is, and how many octets it acknowledges. */
const told = ({ when, from, length, what, acknowledged, copyOf }: TcpSegment): string =>
  [
    `${when.frame} ${from} ${length} ${what}`,
    acknowledged === undefined ? "" : ` ack ${acknowledged}`,
    copyOf === undefined ? "" : ` copy of ${copyOf}`,
  ].join("");

const segments = (packets: readonly (Uint8Array | FilePacket)[]): string[] =>
  ofKind(reading(packets, { segments: true }), "tcp-segment").map(told);

test("segments are told only where they are asked for, and headers too", () => {
  const packets = [...HANDSHAKE, client(1001, "hello")];
  const { events } = reading(packets, {});
  assert.ok(events.every(({ kind }) => kind !== "tcp-segment"));
  assert.ok(events.every((event) => event.kind === "problem" || event.when.headers === undefined));
});

test("each segment of a connection, behind what else it says", () => {
  const packets = [...HANDSHAKE, client(1001, "hello"), server(5001, "", { ack: 1006 })];
  assert.deepEqual(segments(packets), [
    "1 client 0 in-place",
    "2 server 0 in-place ack 0",
    "3 client 0 in-place ack 0",
    "4 client 5 in-place ack 0",
    "5 server 0 in-place ack 5",
  ]);
  const kinds = reading(packets, { segments: true }).events.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(2, 6), ["tcp-segment", "tcp-syn", "tcp-segment", "tcp-established"]);
});

test("keep-alives, with an octet and without one, strays, damage and copies", () => {
  const hello = client(1001, "hello", { id: 77 });
  assert.deepEqual(
    segments([
      ...HANDSHAKE,
      hello,
      hello,
      client(1005, ""),
      client(1005, "o"),
      client(1006, ""),
      client(90_000_000, "far"),
      client(1006, "bad", { checksum: "wrong" }),
    ]).slice(3),
    [
      "4 client 5 in-place ack 0",
      "5 client 5 in-place ack 0 copy of 4",
      "6 client 0 keep-alive ack 0",
      "7 client 1 keep-alive ack 0",
      "8 client 0 in-place ack 0",
      "9 client 3 stray ack 0",
      "10 client 3 damaged ack 0",
    ],
  );
});

test("a keep-alive before any octet, and a copy of a connection that is not known", () => {
  assert.deepEqual(segments([...HANDSHAKE, client(1000, "")]).slice(3), ["4 client 0 keep-alive ack 0"]);
  assert.deepEqual(segments([SYN, SYN]), ["1 client 0 in-place", "2 client 0 in-place copy of 1"]);
});

const headers = (packets: readonly (Uint8Array | FilePacket)[]) =>
  reading(packets, { headers: true, segments: true }).events.flatMap((event) =>
    (event.kind === "tcp-segment" || event.kind === "gre") && event.when.headers !== undefined
      ? [event.when.headers]
      : [],
  );

test("the headers of a segment: lengths, numbers as they are and from the beginning, flags, window", () => {
  const [syn, synAck, , octets] = headers([...HANDSHAKE, client(1001, "hello", { flags: "PA" })]);
  assert.deepEqual(syn!.ip, { version: 4, headerLength: 20, totalLength: 40 });
  assert.deepEqual(syn!.tcp, {
    sourcePort: 40_000,
    destinationPort: 1723,
    sequence: 1000,
    acknowledgement: 0,
    relativeSequence: 0,
    relativeAcknowledgement: undefined,
    headerLength: 20,
    flags: 0x002,
    window: 64_240,
    payloadLength: 0,
  });
  assert.deepEqual(
    [synAck!.tcp!.relativeSequence, synAck!.tcp!.relativeAcknowledgement, synAck!.tcp!.flags],
    [0, 1, 0x012],
  );
  assert.deepEqual(
    [octets!.tcp!.relativeSequence, octets!.tcp!.relativeAcknowledgement, octets!.tcp!.payloadLength],
    [1, 1, 5],
  );
  assert.deepEqual([octets!.ip.totalLength, octets!.tcp!.flags], [45, 0x018]);
});

test("in mid-stream, numbers count from the first octet that was captured", () => {
  const [first, back, more] = headers([
    client(700, "hello", { ack: 900 }),
    server(900, "yes", { ack: 705 }),
    client(705, "!", { ack: 903 }),
  ]);
  assert.deepEqual(
    [first, back, more].map((one) => [one!.tcp!.relativeSequence, one!.tcp!.relativeAcknowledgement]),
    [
      [1, undefined],
      [1, 6],
      [6, 4],
    ],
  );
});

test("octets that waited come with the headers of the segment that brought them", () => {
  const packets = [...HANDSHAKE, client(1006, "world"), client(1001, "hello")];
  const octets = ofKind(reading(packets, { headers: true }), "tcp-octets");
  assert.deepEqual(
    octets.map(({ when }) => [when.frame, when.headers!.tcp!.relativeSequence]),
    [
      [5, 1],
      [4, 6],
    ],
  );
});

test("the IP header before GRE: IPv4, IPv6 with an extension header, and the last of two fragments", () => {
  const packet = gre(0, new Uint8Array(20));
  const extension = Uint8Array.of(47, 0, 1, 4, 0, 0, 0, 0, ...packet);
  const [four, six, pieces] = headers([
    ipv4({ protocol: 47 }, packet),
    ipv6({ protocol: 60 }, extension),
    ipv4({ protocol: 47, id: 9, moreFragments: true }, packet.subarray(0, 16)),
    ipv4({ protocol: 47, id: 9, fragmentOffset: 16 }, packet.subarray(16)),
  ]);
  assert.deepEqual(four, { ip: { version: 4, headerLength: 20, totalLength: 52 } });
  assert.deepEqual(six, { ip: { version: 6, headerLength: 48, totalLength: 80 } });
  assert.deepEqual(pieces, { ip: { version: 4, headerLength: 20, totalLength: 36 } });
});

test("IPv6 segments have theirs", () => {
  const [syn] = headers([tcp({ version: 6, seq: 1, flags: "S" })]);
  assert.deepEqual(syn!.ip, { version: 6, headerLength: 40, totalLength: 60 });
});
