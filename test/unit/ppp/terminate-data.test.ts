import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeTerminateData,
  encodeTerminateData,
  moreTelling,
  type Termination,
  terminateText,
  terminateWords,
} from "../../../server/ppp/terminate-data.ts";
import { rasErrorWords } from "../../../verdicts/ras-errors.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../support/bytes.ts";
import { WINDOWS_SAYS } from "../../support/peers/windows-terminations.ts";

for (const [number, octets] of Object.entries(WINDOWS_SAYS))
  test(`Windows' ${number} decodes to its number and its sender's Magic-Number, and encodes again`, () => {
    const data = decodeTerminateData(octets);
    assert.equal(data.kind, "windows");
    assert.deepEqual(data, {
      kind: "windows",
      magic: Buffer.from(octets).readUInt32BE(0),
      error: Number(number),
    });
    assert.deepEqual(encodeTerminateData(data), octets);
    assert.ok(rasErrorWords(Number(number)) !== undefined);
    assert.match(terminateText(data), new RegExp(`^Windows error ${number}: [a-z]`));
    assert.doesNotMatch(terminateText(data), /\\x/);
  });

for (const prefix of strictPrefixes(WINDOWS_SAYS[691]))
  test(`${prefix.length} octets of it are a text, which need not be printable`, () => {
    const data = decodeTerminateData(prefix);
    assert.equal(data.kind, prefix.length === 0 ? "nothing" : "text");
    assert.deepEqual(encodeTerminateData(data), prefix);
  });

test("another mark in the middle, or an octet more, is no number of Windows'", () => {
  for (const octets of [fromHex("05e23274 003ccd75 000002b3"), bytes`${WINDOWS_SAYS[691]} 00`])
    assert.equal(decodeTerminateData(octets).kind, "text");
});

test("a text of twelve characters is a text", () => {
  const text = ascii("User request");
  assert.deepEqual(decodeTerminateData(text), { kind: "text", octets: text });
});

test("a number that no list has is said as that", () => {
  const data = { kind: "windows", magic: 1, error: 4_294_967_295 } as const;
  assert.equal(terminateText(data), "Windows error 4294967295: a number that is not known here");
  assert.equal(rasErrorWords(4_294_967_295), undefined);
});

test("in a sentence: without a reason, with a text, with Windows' number", () => {
  assert.equal(terminateWords({ kind: "nothing" }), "without a reason");
  assert.equal(terminateWords({ kind: "text", octets: ascii('a "b"') }), 'saying "a \\"b\\""');
  assert.equal(
    terminateWords(decodeTerminateData(WINDOWS_SAYS[738])),
    "with Windows' error 738 (it was given no IP address)",
  );
});

test("what pppd says at the end of every session with MPPE is named as that, and before one it is not", () => {
  const data = decodeTerminateData(ascii("MPPE disabled"));
  assert.equal(terminateWords(data, true), 'saying "MPPE disabled" (pppd\'s ordinary goodbye)');
  assert.equal(terminateWords(data), 'saying "MPPE disabled"');
});

test("of two, the more telling one counts, and a text never more than what was first", () => {
  const of = (protocol: Termination["protocol"], octets: Uint8Array): Termination => ({
    protocol,
    data: decodeTerminateData(octets),
  });
  const [first, telling, last] = [
    of("ccp", WINDOWS_SAYS[732]),
    of("ipcp", WINDOWS_SAYS[738]),
    of("lcp", WINDOWS_SAYS[0]),
  ] as const;
  assert.equal(moreTelling(first, telling), telling);
  assert.equal(moreTelling(telling, last), telling);
  assert.equal(moreTelling(first, of("lcp", ascii("bye"))), first);
  assert.equal(moreTelling(of("ccp", WINDOWS_SAYS[0]), last), last);
});
