import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii } from "../../../support/bytes.ts";
import { type FilePacket, pcap } from "../../../support/capture/files.ts";
import { tcp } from "../../../support/capture/frames.ts";
import { ofKind, read, readPackets, stream, tcpLines } from "../../../support/capture/read.ts";
import { at, client, HANDSHAKE, OPEN, SYN, SYN_ACK, server } from "../../../support/capture/segments.ts";

const lines = (...packets: readonly (Uint8Array | FilePacket)[]): string[] =>
  tcpLines(readPackets(...packets));

test("a whole connection, from SYN to FIN", () => {
  assert.deepEqual(
    lines(
      ...HANDSHAKE,
      client(1001, "hello"),
      server(5001, "world", { ack: 1006 }),
      client(1006, "", { ack: 5006, flags: "FA" }),
      server(5006, "", { ack: 1007, flags: "FA" }),
      client(1007, "", { ack: 5007 }),
    ),
    [...OPEN, "4 octets client 0+5", "5 octets server 0+5", "6 fin client", "7 fin server"],
  );
});

test("the same over IPv6, and with the ends told", () => {
  const six = { version: 6 } as const;
  const reading = readPackets(
    tcp({ seq: 1000, flags: "S", ...six }),
    tcp({ from: "server", seq: 5000, ack: 1001, flags: "SA", ...six }),
    client(1001, "hello", six),
  );
  assert.deepEqual(tcpLines(reading), [...OPEN, "3 octets client 0+5"]);
  const [seen] = ofKind(reading, "tcp-seen");
  assert.deepEqual(seen?.connection, {
    id: 1,
    client: { address: "2001:db8::7", port: 40_000 },
    server: { address: "2001:db8:0:1::1", port: 1723 },
    seen: "syn",
    heard: { client: 2_000_000, server: 1_000_000 },
  });
});

test("a SYN that nobody answers, sent again", () => {
  assert.deepEqual(lines(SYN, at(1, tcp({ seq: 1000, flags: "S" })), at(3, tcp({ seq: 1000, flags: "S" }))), [
    "1 seen syn",
    "1 syn client",
    "2 syn client again",
    "3 syn client again",
  ]);
});

test("a refused SYN, tried twice as Windows does", () => {
  const refusal = () => tcp({ from: "server", seq: 0, ack: 1001, flags: "RA" });
  assert.deepEqual(lines(SYN, refusal(), at(0.5, tcp({ seq: 1000, flags: "S" })), at(0.6, refusal())), [
    "1 seen syn",
    "1 syn client",
    "2 reset server",
    "3 syn client again",
    "4 reset server",
  ]);
});

test("a start in mid-stream: the watched port is the server's, whoever is heard first", () => {
  assert.deepEqual(lines(server(7000, "abc"), client(900, "defg")), [
    "1 seen mid-stream",
    "1 octets server 0+3",
    "2 octets client 0+4",
  ]);
});

test("a start with SYN+ACK, also where the SYN comes behind it", () => {
  assert.deepEqual(lines(SYN_ACK, client(1001, "hello")), [
    "1 seen syn-ack",
    "1 syn server",
    "2 established",
    "2 octets client 0+5",
  ]);
  assert.deepEqual(lines(SYN_ACK, SYN, client(1001, "hello")), [
    "1 seen syn-ack",
    "1 syn server",
    "2 syn client",
    "3 established",
    "3 octets client 0+5",
  ]);
});

test("segments out of order come in order, each with its own frame", () => {
  assert.deepEqual(lines(...HANDSHAKE, client(1004, "de"), client(1006, "f"), client(1001, "abc")), [
    ...OPEN,
    "6 octets client 0+3",
    "4 octets client 3+2",
    "5 octets client 5+1",
  ]);
});

test("sequence numbers wrap", () => {
  const reading = readPackets(
    tcp({ seq: 0xfffffffd, flags: "S" }),
    client(0xfffffffe, "ab"),
    client(2, "ef"),
    client(0, "cd"),
  );
  assert.deepEqual(stream(reading, "client"), ascii("abcdef"));
});

test("a retransmission is told, and its octets come once", () => {
  assert.deepEqual(lines(...HANDSHAKE, client(1001, "abc"), client(1001, "abc"), client(1001, "abcdef")), [
    ...OPEN,
    "4 octets client 0+3",
    "5 retransmission client 0+3",
    "6 retransmission client 0+6",
    "6 octets client 3+3",
  ]);
});

test("of a retransmission with other octets, those that came first stand", () => {
  const reading = readPackets(
    ...HANDSHAKE,
    client(1004, "DEF"),
    client(1001, "abcdefghi"),
    client(1001, "XYZ"),
  );
  assert.deepEqual(stream(reading, "client"), ascii("abcDEFghi"));
});

test("the copy on a second interface is no retransmission; the same octets in a new packet are", () => {
  const once = client(1001, "abc", { id: 50 });
  const reading = readPackets(...HANDSHAKE, once, once, client(1001, "abc", { id: 51 }));
  assert.deepEqual(tcpLines(reading), [...OPEN, "4 octets client 0+3", "6 retransmission client 0+3"]);
  assert.equal(reading.summary.notes.copies, 1);
});

test("a copy whose checksum the network card filled in is a copy", () => {
  const reading = readPackets(
    ...HANDSHAKE,
    client(1001, "abc", { id: 50, checksum: "partial" }),
    client(1001, "abc", { id: 50 }),
  );
  assert.equal(reading.summary.notes.copies, 1);
  assert.equal(reading.summary.notes.damaged, 0);
});

test("a checksum that is zero, or of the pseudo header alone, is right", () => {
  for (const checksum of [0, "partial"] as const) {
    for (const version of [4, 6] as const) {
      const reading = readPackets(client(1001, "abc", { checksum, version }));
      assert.deepEqual(tcpLines(reading), ["1 seen mid-stream", "1 octets client 0+3"]);
    }
  }
});

test("a keep-alive is no retransmission", () => {
  assert.deepEqual(lines(...HANDSHAKE, client(1001, "abc"), client(1003, "c"), client(1003)), [
    ...OPEN,
    "4 octets client 0+3",
  ]);
});

test("a new SYN with another number is a new connection of the same ends", () => {
  const reading = readPackets(
    ...HANDSHAKE,
    client(1001, "abc"),
    tcp({ seq: 9000, flags: "S" }),
    client(9001, "xyz"),
  );
  assert.deepEqual(
    ofKind(reading, "tcp-octets").map(({ connection, offset }) => [connection.id, offset]),
    [
      [1, 0],
      [2, 0],
    ],
  );
});

test("a new connection whose SYN was not captured is known by its third stray", () => {
  const far = 0x40000000;
  const reading = readPackets(
    ...HANDSHAKE,
    client(far, "a"),
    client(far + 1, "b"),
    client(far + 2, "c"),
    client(far + 3, "d"),
  );
  assert.deepEqual(tcpLines(reading).slice(OPEN.length), ["7 seen mid-stream", "7 octets client 0+1"]);
  assert.equal(reading.summary.notes["stray-segments"], 3);
});

test("a stray segment does not disturb, nor does a reset far outside", () => {
  const far = 0x40000000;
  const reading = readPackets(
    ...HANDSHAKE,
    client(far, "stray"),
    server(far, "", { flags: "R" }),
    client(1001, "abc"),
  );
  assert.deepEqual(tcpLines(reading), [...OPEN, "6 octets client 0+3"]);
  assert.equal(reading.summary.notes["stray-segments"], 2);
});

test("other ports are watched where they are named, and 1723 no more then", () => {
  const file = pcap([{ octets: tcp({ seq: 1, serverPort: 443 }, ascii("a")) }, { octets: client(1, "b") }], {
    linkType: 101,
  });
  const reading = read(file, { ports: [443] });
  assert.deepEqual(
    ofKind(reading, "tcp-octets").map(({ connection }) => connection.server.port),
    [443],
  );
  assert.equal(reading.summary.packets["other-tcp"], 1);
});

test("a header that contradicts itself is malformed; of one that is cut off the flags tell enough", () => {
  const short = client(1001, "abc");
  short[20 + 12] = 0x40;
  const long = client(1001, "abc");
  long[20 + 12] = 0xf0;
  assert.equal(readPackets(short, long).summary.packets.malformed, 2);
  const cut = (kept: number) => readPackets({ octets: SYN.subarray(0, 20 + kept), original: SYN.length });
  for (const [kept, told] of [
    [13, []],
    [14, OPEN.slice(0, 2)],
    [19, OPEN.slice(0, 2)],
  ] as const) {
    assert.deepEqual(tcpLines(cut(kept)), told);
    const { packets, notes } = cut(kept).summary;
    assert.deepEqual([packets.malformed, packets.control, notes.cut], [0, 1, 1]);
  }
});
