import assert from "node:assert/strict";
import { test } from "node:test";
import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { concat } from "../../../server/wire/bytes.ts";
import type { Decoded } from "../../../server/wire/decoded.ts";
import { ascii, fromHex, strictPrefixes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { anyControlMessage } from "../../support/pptp/control-arbitrary.ts";
import { CONTROL_FIXTURES, controlFixture } from "../../support/pptp/control-fixtures.ts";

const ok = (message: ControlMessage): Decoded<ControlMessage> => ({ ok: true, value: message });
const whole = concat(...CONTROL_FIXTURES.map(({ bytes }) => bytes));
const all = CONTROL_FIXTURES.map(({ message }) => ok(message));
const echo = controlFixture("echo-request");

const byOctet = (framer: Framer, bytes: Uint8Array) =>
  [...bytes].flatMap((octet) => framer.push(Uint8Array.of(octet)));

test("fifteen messages in one segment are fifteen messages", () => {
  assert.deepEqual(new Framer().push(whole), all);
});

test("one octet a segment gives the same messages", () => {
  assert.deepEqual(byOctet(new Framer(), whole), all);
});

test("two messages in one segment do not wait for more octets", () => {
  assert.deepEqual(new Framer().push(concat(echo.bytes, echo.bytes)), [ok(echo.message), ok(echo.message)]);
});

test("a message is given with its last octet, the start of the next is kept", () => {
  const framer = new Framer();
  assert.deepEqual(framer.push(echo.bytes.subarray(0, 15)), []);
  assert.deepEqual(framer.push(concat(echo.bytes.subarray(15), echo.bytes.subarray(0, 1))), [
    ok(echo.message),
  ]);
  assert.deepEqual(framer.push(echo.bytes.subarray(1)), [ok(echo.message)]);
});

for (const { message, bytes } of CONTROL_FIXTURES)
  test(`no strict prefix of ${message.type} gives a message or a fault`, () => {
    for (const prefix of strictPrefixes(bytes)) {
      const framer = new Framer();
      assert.deepEqual(framer.push(prefix), []);
      assert.equal(framer.faulted, false);
    }
  });

test("a message owns its memory, also where it was read in the segment that it came in", () => {
  const segment = whole.slice();
  const found = new Framer().push(segment);
  segment.fill(0xff);
  assert.deepEqual(found, all);
});

test("what is held of a message is its own: the segment may be overwritten", () => {
  const framer = new Framer();
  const segment = echo.bytes.slice(0, 15);
  framer.push(segment);
  segment.fill(0xff);
  assert.deepEqual(framer.begun, echo.bytes.subarray(0, 15));
  assert.deepEqual(framer.push(echo.bytes.subarray(15)), [ok(echo.message)]);
});

test("an empty segment changes nothing", () => assert.deepEqual(new Framer().push(new Uint8Array(0)), []));

test("any segmentation gives the same messages", () => {
  fc.assert(
    fc.property(fc.array(anyControlMessage, { maxLength: 6 }), fc.array(fc.nat(300)), (messages, cuts) => {
      const stream = concat(...messages.map(encodeMessage));
      const framer = new Framer();
      const found: Decoded<ControlMessage>[] = [];
      let at = 0;
      for (const cut of [...cuts, stream.length]) {
        found.push(...framer.push(stream.subarray(at, at + cut)));
        at += cut;
      }
      assert.deepEqual(found, messages.map(ok));
    }),
    { seed: 2637 },
  );
});

const strangers: readonly [string, Uint8Array, number, Decoded<never>][] = [
  ["HTTP", ascii("GET / HTTP/1.1\r\n"), 2, { ok: false, code: "bad-length", at: 0 }],
  ["TLS", fromHex("16 03 01 02 00 01 00"), 2, { ok: false, code: "bad-length", at: 0 }],
  ["SSH", ascii("SSH-2.0-x\r\n"), 2, { ok: false, code: "bad-length", at: 0 }],
  ["a management message", fromHex("0010 0002 1a2b3c4d 0005"), 4, { ok: false, code: "bad-type", at: 2 }],
  ["a wrong cookie", fromHex("0010 0001 1a2b3c4e 0005"), 8, { ok: false, code: "bad-magic", at: 4 }],
  ["an unknown message", fromHex("0010 0001 1a2b3c4d 0010"), 10, { ok: false, code: "bad-type", at: 8 }],
  ["a length of another", fromHex("0014 0001 1a2b3c4d 0005"), 10, { ok: false, code: "bad-length", at: 0 }],
];
for (const [what, bytes, seenAt, fault] of strangers) {
  test(`${what} is a fault at octet ${seenAt}, not before`, () => {
    const framer = new Framer();
    assert.deepEqual(byOctet(framer, bytes.subarray(0, seenAt - 1)), []);
    assert.deepEqual(framer.push(bytes.subarray(seenAt - 1, seenAt)), [fault]);
  });
  test(`${what} in one segment is one fault`, () => assert.deepEqual(new Framer().push(bytes), [fault]));
}

test("a fault is final: the magic cookie is never looked for again", () => {
  const framer = new Framer();
  assert.deepEqual(framer.push(concat(echo.bytes, ascii("GE"), echo.bytes)), [
    ok(echo.message),
    { ok: false, code: "bad-length", at: 0 },
  ]);
  assert.equal(framer.faulted, true);
  assert.deepEqual(framer.push(echo.bytes), []);
});

test("who observes is shown the octets of each message, and of the fault what was held", () => {
  const seen: string[] = [];
  const framer = new Framer((octets) => seen.push(Buffer.from(octets).toString("hex")));
  framer.push(echo.bytes.subarray(0, 3));
  assert.deepEqual([seen, framer.held], [[], 3]);
  framer.push(concat(echo.bytes.subarray(3), ascii("GET / HTTP/1.1")));
  const digits = (octets: Uint8Array) => Buffer.from(octets).toString("hex");
  assert.deepEqual(seen, [digits(echo.bytes), digits(ascii("GET / HTTP"))]);
  assert.equal(framer.held, 0);
});
