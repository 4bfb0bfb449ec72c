import assert from "node:assert/strict";
import { test } from "node:test";
import { messageFields } from "../../../../server/pptp/messages/message-fields.ts";
import { MESSAGES } from "../../../../server/pptp/messages/registry.ts";
import { kebab } from "../../../../server/pptp/messages/show.ts";
import { fieldText } from "../../../../server/wire/shown-field.ts";
import { strictPrefixes } from "../../../support/bytes.ts";
import { CONTROL_FIXTURES, controlFixture } from "../../../support/pptp/control-fixtures.ts";

const lines = (octets: Uint8Array) =>
  messageFields(octets).map((field) => `${field.name}: ${fieldText(field)}`);

for (const { message, bytes } of CONTROL_FIXTURES)
  test(`${message.type}: the header, its checks and every declared field, the reserved ones included`, () => {
    const { fields, length, code } = MESSAGES.find(({ type }) => type === message.type)!;
    const shown = messageFields(bytes);
    assert.deepEqual(
      shown.map(({ name }) => name),
      [
        "length",
        "pptp-message-type",
        "magic-cookie",
        "control-message-type",
        "reserved0",
        ...Object.keys(fields).map(kebab),
      ],
    );
    assert.equal(shown[0]!.text, `${length} (correct)`);
    assert.equal(shown[1]!.text, "1 (correct)");
    assert.equal(shown[2]!.text, "0x1a2b3c4d (correct)");
    assert.equal(shown[3]!.value, code);
    for (const [name, value] of Object.entries(message)) {
      if (name === "type") continue;
      const found = shown.find((field) => field.name === kebab(name))!;
      assert.equal(
        found.value,
        value instanceof Uint8Array ? Buffer.from(value).toString("hex").padEnd(128, "0") : value,
      );
    }
  });

test("what is wrong in a header is said, with what is right", () => {
  const octets = controlFixture("echo-request").bytes.slice();
  octets[1] = 17;
  octets[3] = 2;
  octets[4] = 0x1b;
  octets[11] = 9;
  assert.deepEqual(lines(octets), [
    "length: 17 (WRONG: 16 is right)",
    "pptp-message-type: 2 (WRONG: 1 is right)",
    "magic-cookie: 0x1b2b3c4d (WRONG: 0x1a2b3c4d is right)",
    "control-message-type: 5(Echo-Request)",
    "reserved0: 0x0009 (not zero)",
    "identifier: 4275878552",
  ]);
});

test("an unknown message is shown in hexadecimal behind its header", () => {
  const octets = controlFixture("echo-request").bytes.slice();
  octets[9] = 99;
  assert.deepEqual(lines(octets).slice(3), [
    "control-message-type: 99(unknown)",
    "reserved0: 0",
    "octets: fedcba98 (no field of a known message)",
  ]);
});

test("no octet of a message that is cut is lost", () => {
  for (const prefix of strictPrefixes(controlFixture("set-link-info").bytes)) {
    const shown = messageFields(prefix);
    if (prefix.length < 12) {
      assert.deepEqual(
        shown.map(({ value }) => value),
        prefix.length === 0 ? [] : [Buffer.from(prefix).toString("hex")],
      );
      continue;
    }
    const rest = shown.find(({ name }) => name === "octets");
    const whole = [12, 14, 16, 20, 24].includes(prefix.length);
    assert.equal(rest === undefined, whole, `${prefix.length}`);
  }
});

const worded = (type: (typeof MESSAGES)[number]["type"], octets = controlFixture(type).bytes) =>
  Object.fromEntries(messageFields(octets).map((field) => [field.name, fieldText(field)]));

test("bits, units and causes in words", () => {
  const request = worded("outgoing-call-request");
  assert.deepEqual(
    [request["bearer-type"], request["framing-type"], request["receive-window"], request["processing-delay"]],
    ["3(analog,digital)", "3(asynchronous,synchronous)", "64 packets", "0 (0 s)"],
  );
  assert.deepEqual(
    [request["minimum-bps"], request["maximum-bps"], request["phone-number"], request["phone-number-length"]],
    ["300 (300 bit/s)", "100000000 (100 Mbit/s)", '"112"', "3 digits"],
  );
  assert.equal(request["sub-address"], "00112233445566778899aabbccddeeff (16 octets, not text)");
  const start = worded("start-control-connection-request");
  assert.deepEqual(
    [
      start["version"],
      start["framing-capabilities"],
      start["bearer-capabilities"],
      start["maximum-channels"],
    ],
    ["0x0100 (1.0)", "1(asynchronous)", "1(analog)", "0 sessions"],
  );
  const info = worded("set-link-info");
  assert.deepEqual(
    [info["send-accm"], info["receive-accm"]],
    ["0xffffffff (to be escaped: all control characters)", "0x000a0000 (to be escaped: XON XOFF)"],
  );
});

test("values that RFC 2637 does not know are said to be such", () => {
  const octets = controlFixture("call-disconnect-notify").bytes.slice();
  octets.set([0, 9, 0, 17], 14);
  const { result, error, cause } = worded("call-disconnect-notify", octets);
  assert.deepEqual(
    [result, error, cause],
    ["0 (not defined by RFC 2637)", "9 (not defined by RFC 2637)", "17 (user busy)"],
  );
  octets.set([2, 0, 255], 14);
  assert.match(worded("call-disconnect-notify", octets)["cause"]!, /^\d+ \(not a cause that is known\)$/);
  const bits = controlFixture("start-control-connection-reply").bytes.slice();
  bits.set([0, 0, 0, 0x81, 0, 0, 0, 0], 16);
  const reply = worded("start-control-connection-reply", bits);
  assert.deepEqual(
    [reply["framing-capabilities"], reply["bearer-capabilities"]],
    ["129(asynchronous,unknown-0x80)", "0(none)"],
  );
});
