import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii } from "../../../support/bytes.ts";
import type { FilePacket } from "../../../support/capture/files.ts";
import { tcp } from "../../../support/capture/frames.ts";
import { readPackets, stream, tcpLines } from "../../../support/capture/read.ts";
import { at, client, HANDSHAKE, OPEN, server } from "../../../support/capture/segments.ts";

const lines = (...packets: readonly (Uint8Array | FilePacket)[]): string[] =>
  tcpLines(readPackets(...packets));

test("a damaged segment waits for its better copy", () => {
  const reading = readPackets(
    ...HANDSHAKE,
    client(1001, "aXc", { checksum: "wrong" }),
    client(1004, "def"),
    client(1001, "abc"),
  );
  assert.deepEqual(stream(reading, "client"), ascii("abcdef"));
  assert.deepEqual(tcpLines(reading), [
    ...OPEN,
    "6 retransmission client 0+3",
    "6 octets client 0+3",
    "5 octets client 3+3",
  ]);
  assert.equal(reading.summary.notes.damaged, 1);
});

test("a damaged segment that was acknowledged, and of which no better copy comes in a second, is given as damaged", () => {
  assert.deepEqual(
    lines(
      ...HANDSHAKE,
      at(1, client(1001, "abc", { checksum: "wrong" })),
      at(1.1, server(5001, "", { ack: 1004 })),
      at(1.5, server(5001, "xy", { ack: 1004 })),
      at(2.1, server(5003, "z", { ack: 1004 })),
      at(2.2, client(1004, "def")),
    ),
    [
      ...OPEN,
      "6 octets server 0+2",
      "7 octets server 2+1",
      "4 octets client 0+3 damaged",
      "8 octets client 3+3",
    ],
  );
});

test("a damaged SYN, FIN or RST says nothing", () => {
  const checksum = "wrong";
  assert.deepEqual(lines(tcp({ seq: 1000, flags: "S", checksum })), []);
  assert.deepEqual(
    lines(
      ...HANDSHAKE,
      client(1001, "", { flags: "FA", checksum }),
      server(5001, "", { flags: "R", checksum }),
    ),
    OPEN,
  );
});

test("octets that were acknowledged and not captured are a hole, a second after what follows them", () => {
  assert.deepEqual(
    lines(
      ...HANDSHAKE,
      at(1, client(1011, "later")),
      at(1.1, server(5001, "", { ack: 1016 })),
      at(1.9, server(5001, "ab", { ack: 1016 })),
      at(2.2, server(5003, "cd", { ack: 1016 })),
    ),
    [
      ...OPEN,
      "6 octets server 0+2",
      "7 octets server 2+2",
      "4 hole client 0+10 missed",
      "4 octets client 10+5",
    ],
  );
});

test("other packets let time pass as well", () => {
  const other = tcp({ seq: 1, serverPort: 443 });
  const reading = readPackets(
    ...HANDSHAKE,
    at(1, client(1011, "later")),
    at(1.1, server(5001, "", { ack: 1016 })),
    at(2.5, other),
  );
  assert.deepEqual(tcpLines(reading).slice(-2), ["4 hole client 0+10 missed", "4 octets client 10+5"]);
});

test("octets that were acknowledged and followed by nothing are a hole as well", () => {
  assert.deepEqual(
    lines(...HANDSHAKE, at(1, server(5001, "ab", { ack: 1017 })), at(2.5, server(5003, "cd", { ack: 1017 }))),
    [...OPEN, "4 octets server 0+2", "5 octets server 2+2", "4 hole client 0+16 missed"],
  );
});

test("one octet that was acknowledged and not seen may be a FIN, and is no hole", () => {
  assert.deepEqual(lines(...HANDSHAKE, at(1, server(5001, "", { ack: 1002 })), at(9, server(5001))), OPEN);
});

test("octets that nobody acknowledged are waited for a minute, and are lost then", () => {
  const gap = at(1, client(1011, "later"));
  const tick = (seconds: number) => at(seconds, server(5001));
  assert.deepEqual(lines(...HANDSHAKE, gap, tick(60), at(60.5, client(1001, "0123456789"))), [
    ...OPEN,
    "6 octets client 0+10",
    "4 octets client 10+5",
  ]);
  assert.deepEqual(lines(...HANDSHAKE, gap, tick(62), at(62.5, client(1001, "0123456789"))), [
    ...OPEN,
    "4 hole client 0+10 lost",
    "4 octets client 10+5",
    "6 retransmission client 0+10",
  ]);
});

test("the end of the file and a reset give what waits, with its holes", () => {
  const want = [...OPEN, "4 hole client 0+10 lost", "4 octets client 10+5"];
  assert.deepEqual(lines(...HANDSHAKE, client(1011, "later")), want);
  assert.deepEqual(lines(...HANDSHAKE, client(1011, "later"), server(5001, "", { flags: "R" })), [
    ...want,
    "5 reset server",
  ]);
});

test("a FIN is told behind the last octet, and says where the stream ends", () => {
  assert.deepEqual(lines(...HANDSHAKE, client(1006, "", { flags: "FA" }), client(1001, "hello")), [
    ...OPEN,
    "5 octets client 0+5",
    "4 fin client",
  ]);
  assert.deepEqual(lines(...HANDSHAKE, client(1006, "", { flags: "FA" })), [
    ...OPEN,
    "4 hole client 0+5 lost",
    "4 fin client",
  ]);
});

test("what the capture cut from a segment is a hole at once; a whole copy that comes first fills it", () => {
  const whole = client(1001, "abcdefgh");
  const cut = { octets: whole.subarray(0, whole.length - 5), original: whole.length };
  assert.deepEqual(lines(...HANDSHAKE, cut, client(1009, "i")), [
    ...OPEN,
    "4 octets client 0+3",
    "4 hole client 3+5 cut",
    "5 octets client 8+1",
  ]);
  const later = client(1003, "cdefgh");
  const cutLater = { octets: later.subarray(0, later.length - 5), original: later.length };
  const reading = readPackets(...HANDSHAKE, cutLater, client(1004, "def"), client(1001, "ab"));
  assert.deepEqual(tcpLines(reading), [
    ...OPEN,
    "5 retransmission client 3+3",
    "6 octets client 0+2",
    "4 octets client 2+1",
    "5 octets client 3+3",
    "4 hole client 6+2 cut",
  ]);
});
