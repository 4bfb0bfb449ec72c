import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { encodeMessage } from "../../../../server/pptp/messages/codec.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { fieldText, type ShownField } from "../../../../server/wire/shown-field.ts";
import { inner } from "../../../simulation/dials.ts";
import { fromHex } from "../../../support/bytes.ts";
import { CLIENT, ipv4, SERVER, tcp } from "../../../support/capture/frames.ts";
import { captures } from "../../../support/capture/samples.ts";
import { decodedFile, lines } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { everyField } from "../../../support/decode/every-field.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { ALL_CASES } from "./all-cases.ts";

const FIXTURES = new URL("../../../fixtures/", import.meta.url);
const ALL = { all: true, packets: true };

const echo = encodeMessage(controlFixture("echo-request").message);
const reply = encodeMessage(controlFixture("echo-reply").message);

/** A segment of the connection that `DialCapture.start` opens. */
const segment = (
  from: "client" | "server",
  seq: number,
  ack: number,
  octets: Uint8Array = new Uint8Array(0),
) => tcp({ from, seq, ack }, octets);

test("the handshake's three packets are drawn, and without --all two", () => {
  const file = new DialCapture().start().file();
  assert.deepEqual(lines(decodedFile(file, ALL)).slice(0, 3), [
    "client tcp SYN",
    "server tcp SYN, ACK",
    "client tcp ACK",
  ]);
  assert.deepEqual(
    lines(decodedFile(file)).filter((line) => line.includes(" tcp ")),
    ["client tcp SYN", "server tcp SYN, ACK"],
  );
});

test("acknowledgements, keep-alives, pieces of messages and what waits, each with a row", () => {
  const capture = new DialCapture();
  capture.tcp.open();
  for (const packet of [
    segment("client", 1001, 5001, echo.subarray(0, 4)),
    segment("server", 5001, 1005),
    segment("client", 1005, 5001, echo.subarray(4, 12)),
    segment("client", 1013, 5001, concat(echo.subarray(12), echo, echo.subarray(0, 5))),
    segment("client", 1045, 5001, echo.subarray(12)),
    segment("client", 1038, 5001, echo.subarray(5, 12)),
    segment("client", 1048, 5001),
    segment("client", 2_000_000_000, 5001, echo),
  ])
    capture.add(packet);
  const { rows } = decodedFile(capture.file(), { ...ALL, fields: true });
  assert.deepEqual(
    rows.slice(3).map(({ text, mark }) => (mark === undefined ? text : `[${mark}] ${text}`)),
    [
      "ACK, 4 octets: the first 4 octets of a message",
      "ACK of 4 octets",
      "ACK, 8 octets: octets 5 to 12 of Echo-Request",
      "Echo-Request identifier=4275878552",
      "Echo-Request identifier=4275878552",
      "ACK, 4 octets behind some that have not come",
      "Echo-Request identifier=4275878552",
      "ACK, 7 octets: octets 6 to 12 of Echo-Request",
      "[keep-alive] ACK",
      "[fits nowhere in the connection] ACK, 16 octets",
    ],
  );
  const carried = rows.flatMap(({ fields = [] }) => fields.filter(({ name }) => name === "segment"));
  assert.deepEqual(
    carried.map(({ value }) => value),
    [
      ...Array(2).fill("the last 4 octets of Echo-Request; Echo-Request; the first 5 octets of a message"),
      "the last 4 octets of Echo-Request",
    ],
  );
});

test("what is told with each message: its frame, the headers, and what its segment holds", () => {
  const capture = new DialCapture();
  capture.tcp.open();
  capture.add(segment("client", 1001, 5001, concat(echo, reply)));
  const rows = decodedFile(capture.file(), { fields: true }).rows.filter(({ layer }) => layer === "pptp");
  assert.equal(rows.length, 2);
  for (const { fields } of rows) {
    const [frame, ip, header, held] = fields!;
    assert.deepEqual(frame, { name: "frame", value: 4 });
    assert.deepEqual(shown(ip!), [
      "version: 4",
      "header-length: 20 octets",
      "total-length: 76 octets",
      "payload-length: 56 octets",
    ]);
    assert.deepEqual(shown(header!), [
      "source-port: 40000",
      "destination-port: 1723",
      "sequence-number: 1001 (1 from the beginning)",
      "acknowledgement-number: 5001 (1 from the beginning)",
      "header-length: 20 octets",
      "flags: 0x010 (ACK)",
      "window: 64240",
      "payload-length: 36 octets",
    ]);
    assert.equal(held!.value, "Echo-Request; Echo-Reply");
  }
});

const shown = ({ fields = [] }: ShownField): string[] =>
  fields.map((field) => `${field.name}: ${fieldText(field)}`);

test("a segment that fills a gap has one row, and so has the one that waited", () => {
  const capture = new DialCapture();
  capture.tcp.open();
  capture.add(segment("client", 1017, 5001, echo));
  capture.add(segment("client", 1001, 5001, echo));
  const { rows } = decodedFile(capture.file(), ALL);
  assert.deepEqual(
    rows.slice(3).map(({ frame, text }) => `${frame} ${text.split(" identifier")[0]}`),
    ["4 ACK, 16 octets behind some that have not come", "5 Echo-Request", "4 Echo-Request"],
  );
});

test("octets that are sent again: which messages they were", () => {
  const capture = new DialCapture();
  capture.tcp.open();
  for (const packet of [
    segment("client", 1001, 5001, concat(echo, reply.subarray(0, 6))),
    segment("client", 1023, 5001, reply.subarray(6)),
    segment("client", 1001, 5001, echo),
    segment("client", 1023, 5001, reply.subarray(6)),
  ])
    capture.add(packet);
  const again = decodedFile(capture.file(), { fields: true }).rows.filter(({ mark }) => mark !== undefined);
  assert.deepEqual(
    again.map(({ text, mark }) => `[${mark}] ${text}`),
    [
      "[sent again] 16 octets: Echo-Request; the first 6 octets of a message",
      "[sent again] 14 octets: the last 14 octets of Echo-Reply",
    ],
  );
  assert.equal(again[1]!.fields!.at(-1)!.value, "the last 14 octets of Echo-Reply");
});

test("what was sent so long ago that it is forgotten has no name", () => {
  const capture = new DialCapture();
  capture.tcp.open();
  for (let i = 0; i < 17; i += 1) capture.tcp.say("client", echo);
  capture.add(segment("client", 1001, 5001, echo));
  const { rows } = decodedFile(capture.file());
  assert.equal(rows.find(({ mark }) => mark === "sent again")!.text, "16 octets");
});

test("GRE: the IP header, the length of its own, and its flags by name", () => {
  const { rows } = decodedFile(new DialCapture().start().call().lcp().file(), { fields: true });
  const [, ip, gre] = rows.find(({ layer }) => layer === "lcp")!.fields!;
  assert.equal(ip!.name, "ip");
  assert.deepEqual(shown(gre!).slice(0, 2), [
    "header-length: 12 octets",
    "flags-and-version: 0x3001 (key, sequence, version 1)",
  ]);
});

test("an ICMP error: its headers, and what it is about", () => {
  const capture = new DialCapture().start().call();
  const about = ipv4({ protocol: 47 }, capture.gre("client", fromHex("c021 0901 0004"), 0));
  capture.add(
    ipv4({ protocol: 1, source: SERVER, destination: CLIENT }, concat(fromHex("0302 0000 00000000"), about)),
  );
  const { rows } = decodedFile(capture.file(), { fields: true });
  const [, ip, icmp] = rows.find(({ layer }) => layer === "icmp")!.fields!;
  assert.equal(ip!.name, "ip");
  assert.deepEqual(shown(icmp!), [
    `source: ${SERVER}`,
    `destination: ${CLIENT}`,
    "type: 3",
    "code: 2 (protocol unreachable)",
    "about: gre",
  ]);
  assert.deepEqual(shown(icmp!.fields!.at(-1)!), [
    `source: ${CLIENT}`,
    `destination: ${SERVER}`,
    "call-id: 200",
  ]);
  assert.ok(
    rows.every(({ from, layer, fields }) => from !== "note" || layer === "icmp" || fields === undefined),
  );
});

test("copies and duplicates have rows, and count for nothing", () => {
  const packet = inner("10.77.0.10", "203.0.113.5", 40);
  const dial = new DialCapture().up();
  const sealed = dial.sealed("client", packet);
  dial.ppp("client", sealed, { sequence: 50 }).ppp("client", sealed, { sequence: 50 });
  const acknowledgement = ipv4({ protocol: 47, id: 900 }, fromHex("2081 880b 0000 00c8 00000003"));
  dial.add(acknowledgement);
  dial.add(acknowledgement);
  const said = lines(decodedFile(dial.file(), ALL));
  const frames = dial.packets.length;
  assert.deepEqual(said.slice(-4), [
    "client mppe count 0 (A flushed, D encrypted), 62 octets",
    "client gre [the same packet again] 77 octets",
    "client gre acknowledgement 3",
    `client gre [copy of frame ${frames - 1}] 12 octets`,
  ]);
});

/** Everything but the rows, which differ. */
const judged = (file: Uint8Array, options: Partial<Parameters<typeof decodedFile>[1]> = {}) =>
  decodedFile(file, options).calls.map(({ rows: _, ...call }) => call);

const files: readonly (readonly [string, Uint8Array])[] = [
  ["a dial", new DialCapture().up().file()],
  ["every field", everyField().file()],
  ...captures.map(({ name, file }) => [name, file] as const),
  ...readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".pcap"))
    .map((name) => [name, readFileSync(new URL(name, FIXTURES))] as const),
];

for (const [name, file] of files)
  test(`${name}: stages, findings and verdict are the same, whatever is shown`, () => {
    const plain = judged(file);
    assert.deepEqual(judged(file, ALL), plain);
    assert.deepEqual(judged(file, { ...ALL, fields: true, secrets: true }), plain);
  });

test("nor does it change what is said of any dial that fails", () => {
  for (const [what, , , capture] of ALL_CASES)
    assert.deepEqual(judged(capture.file(), { ...ALL, fields: true }), judged(capture.file()), what);
});
