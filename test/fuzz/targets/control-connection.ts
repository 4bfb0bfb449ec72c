import assert from "node:assert/strict";
import { Framer } from "../../../server/pptp/framer.ts";
import { decodeMessage, describeMessage, encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { MAX_MESSAGE } from "../../../server/pptp/messages/registry.ts";
import { concat, equalOctets } from "../../../server/wire/bytes.ts";
import { fc } from "../../support/fc.ts";
import { anyControlMessage } from "../../support/pptp/control-arbitrary.ts";
import { CONTROL_FIXTURES } from "../../support/pptp/control-fixtures.ts";
import { spoilt } from "../changes.ts";
import type { Target } from "../target.ts";

/** Every fixture once, spoilt now and then. */
export const controlMessages: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CONTROL_FIXTURES).map((fixture) => fixture.bytes) },
  { weight: 3, arbitrary: spoilt(CONTROL_FIXTURES.map((fixture) => fixture.bytes)) },
  { weight: 1, arbitrary: anyControlMessage.map(encodeMessage) },
);

/** Octets of the longest line: the longest text is 128 octets, and a phone number has 64. */
const MAX_LINE = 1200;

/** What holds for any message that was decoded. */
function sound(message: ControlMessage): void {
  const encoded = encodeMessage(message);
  assert.ok(encoded.length <= MAX_MESSAGE);
  const again = decodeMessage(encoded);
  assert.ok(again.ok && equalOctets(encodeMessage(again.value), encoded), "decoded twice it differs");
  assert.match(describeMessage(message), new RegExp(`^[ -~]{1,${MAX_LINE}}$`));
}

export const controlMessage: Target = {
  name: "control-message",
  share: 100,
  inputs: controlMessages,
  run(input) {
    const result = decodeMessage(input);
    if (result.ok) sound(result.value);
    else assert.ok(result.at <= Math.max(input.length, MAX_MESSAGE));
  },
};

/** Lengths of segments that cut messages everywhere. */
const SEGMENTS = [1, 7, 2, 160, 3, 16, 1, 5];

export const framer: Target = {
  name: "framer",
  share: 120,
  inputs: fc.array(controlMessages, { maxLength: 6 }).map((list) => concat(...list)),
  run(input) {
    const whole = new Framer();
    const results = whole.push(input);
    assert.ok(results.length <= input.length / 16 + 1);
    for (const result of results) if (result.ok) sound(result.value);
    assert.equal(results.findIndex((result) => !result.ok) >= 0, whole.faulted);
    assert.ok(results.slice(0, -1).every((result) => result.ok));
    const cut = new Framer();
    const pieces = [];
    for (let at = 0, i = 0; at < input.length; at += SEGMENTS[i % SEGMENTS.length]!, i += 1)
      pieces.push(...cut.push(input.subarray(at, at + SEGMENTS[i % SEGMENTS.length]!)));
    const lines = (list: typeof results) =>
      list.map((result) => (result.ok ? describeMessage(result.value) : `${result.code} at ${result.at}`));
    assert.deepEqual(lines(pieces), lines(results), "it depends on the segments");
    if (whole.faulted) assert.deepEqual(whole.push(input), []);
  },
};
