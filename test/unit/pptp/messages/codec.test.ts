import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeMessage, encodeMessage } from "../../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { MAX_MESSAGE, MESSAGES } from "../../../../server/pptp/messages/registry.ts";
import { strictPrefixes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { anyControlMessage } from "../../../support/pptp/control-arbitrary.ts";
import { CONTROL_FIXTURES, controlFixture } from "../../../support/pptp/control-fixtures.ts";

for (const { message, bytes } of CONTROL_FIXTURES) {
  describe(message.type, () => {
    test("is encoded as RFC 2637 draws it", () => assert.deepEqual(encodeMessage(message), bytes));
    test("is decoded", () => assert.deepEqual(decodeMessage(bytes), { ok: true, value: message }));

    for (const prefix of strictPrefixes(bytes))
      test(`truncated at octet ${prefix.length} is refused`, () => {
        assert.deepEqual(decodeMessage(prefix), {
          ok: false,
          code: "truncated",
          at: truncationAt(message, prefix.length),
        });
      });

    test("one octet too many is refused", () => {
      const result = decodeMessage(Uint8Array.of(...bytes, 0));
      assert.deepEqual(result, { ok: false, code: "bad-length", at: bytes.length });
    });

    test("what stands in reserved fields does not matter", () => {
      const filled = bytes.slice();
      for (const at of reservedOctets(message)) filled[at] = 0xff;
      assert.deepEqual(decodeMessage(filled), { ok: true, value: message });
    });
  });
}

test("there is a fixture of each declaration, and the codes are 1 to 15 in order", () => {
  assert.deepEqual(
    MESSAGES.map(({ type }) => type),
    CONTROL_FIXTURES.map(({ message }) => message.type),
  );
  assert.deepEqual(
    MESSAGES.map(({ code }) => code),
    Array.from({ length: 15 }, (_, i) => i + 1),
  );
});

test("the longest message is an Incoming-Call-Request of 220 octets", () => assert.equal(MAX_MESSAGE, 220));

test("any message survives encoding and decoding", () => {
  fc.assert(
    fc.property(anyControlMessage, (message) => {
      assert.deepEqual(decodeMessage(encodeMessage(message)), { ok: true, value: message });
    }),
    { seed: 2637, numRuns: 500 },
  );
});

test("any octets are decoded or refused, never thrown at", () => {
  const header = fc.constantFrom(
    ...CONTROL_FIXTURES.map(({ bytes }) => bytes.subarray(0, 10)),
    new Uint8Array(0),
  );
  fc.assert(
    fc.property(header, fc.uint8Array({ maxLength: 240 }), (start, rest) => {
      const result = decodeMessage(Uint8Array.of(...start, ...rest));
      if (!result.ok) assert.ok(result.at <= start.length + rest.length);
    }),
    { seed: 2637, numRuns: 500 },
  );
});

const echo = controlFixture("echo-request").bytes;
const refusals: readonly [string, number, number, string, number][] = [
  ["a length that no message has", 1, 0x11, "bad-length", 0],
  ["a length of 0", 1, 0, "bad-length", 0],
  ["a length over all others", 0, 0x47, "bad-length", 0],
  ["the length of another message", 1, 0x14, "bad-length", 0],
  ["a management message", 3, 2, "bad-type", 2],
  ["a wrong cookie", 4, 0x1b, "bad-magic", 4],
  ["a cookie wrong in its last octet", 7, 0x4c, "bad-magic", 4],
  ["control message type 0", 9, 0, "bad-type", 8],
  ["control message type 16", 9, 16, "bad-type", 8],
];
for (const [what, at, octet, code, faultAt] of refusals)
  test(`${what} is refused`, () => {
    const changed = echo.slice();
    changed[at] = octet;
    assert.deepEqual(decodeMessage(changed), { ok: false, code, at: faultAt });
  });

test("text ends at the first zero, whatever stands behind it", () => {
  const { bytes, message } = controlFixture("start-control-connection-request");
  const changed = bytes.slice();
  changed.set([0x78, 0, 0x79], 28);
  assert.deepEqual(decodeMessage(changed), { ok: true, value: { ...message, hostName: "x" } });
});

test("text of 64 octets without a zero is read whole", () => {
  const { bytes, message } = controlFixture("start-control-connection-request");
  const changed = bytes.slice().fill(0xe9, 28, 92);
  assert.deepEqual(decodeMessage(changed), { ok: true, value: { ...message, hostName: "é".repeat(64) } });
});

test("a message keeps its octets when the input is overwritten", () => {
  const { bytes, message } = controlFixture("outgoing-call-request");
  const input = bytes.slice();
  const result = decodeMessage(input);
  input.fill(0xff);
  assert.deepEqual(result, { ok: true, value: message });
});

test("a value that does not fit its field is our bug and throws", () => {
  const reply = controlFixture("start-control-connection-reply").message;
  assert.throws(() => encodeMessage({ type: "echo-request", identifier: 2 ** 32 }), RangeError);
  assert.throws(() => encodeMessage({ ...reply, hostName: "x".repeat(65) } as ControlMessage), RangeError);
  assert.throws(() => encodeMessage({ ...reply, hostName: "Ā" } as ControlMessage), RangeError);
});

/** Faults point at the field that ends too early; before the type is known, at the end of the input. */
function truncationAt(message: ControlMessage, length: number): number {
  if (length < 12) return length;
  let at = 12;
  for (const { size } of Object.values(fieldsOf(message))) {
    if (at + size > length) break;
    at += size;
  }
  return at;
}

function reservedOctets(message: ControlMessage): number[] {
  const reserved = [10, 11];
  let at = 12;
  for (const { kind, size } of Object.values(fieldsOf(message))) {
    if (kind === "reserved") for (let i = 0; i < size; i++) reserved.push(at + i);
    at += size;
  }
  return reserved;
}

function fieldsOf({ type }: ControlMessage) {
  return MESSAGES.find((declaration) => declaration.type === type)!.fields;
}
