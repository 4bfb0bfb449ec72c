import assert from "node:assert/strict";
import { ladderHtml } from "../../../ladder/html/ladder-html.ts";
import { ladderText } from "../../../ladder/text/ladder-text.ts";
import type { ShownField } from "../../../server/wire/shown-field.ts";
import { inner } from "../../simulation/dials.ts";
import { type Decoded, decodedFile, password } from "../../support/decode/decoded.ts";
import { DialCapture } from "../../support/decode/dial-capture.ts";
import { snapped } from "../../support/decode/snap.ts";
import { CONTROL_FIXTURES } from "../../support/pptp/control-fixtures.ts";
import { mutated, spoilt } from "../changes.ts";
import { chunks, unpack } from "../chunks.ts";
import { FRAMES } from "../seeds.ts";
import type { Target } from "../target.ts";
import { greSeeds } from "./gre.ts";

/** What alice types: it may stand in no row. */
const SECRET = "s3cretPassw0rd";

const packet = inner("10.77.0.10", "203.0.113.5", 40);

const dialled = (): DialCapture =>
  new DialCapture().start().call().lcp().logIn("alice", SECRET).accept().ccp().ipcp();

const whole = dialled().data("client", packet).data("server", packet).data("client", packet);

/** One line, whatever came. */
const LINE = /^[ -~→…]+$/;

/**
 * Whatever a capture holds: each row is a line, each call has a verdict, no secret shows, and the books
 * balance.
 */
function sound({ calls, rows }: Decoded, captured: boolean): void {
  for (const { text, at, fields = [] } of rows) {
    assert.match(text, LINE);
    assert.ok(Number.isFinite(at) && text.length < 2000);
    assert.ok(!text.includes(SECRET));
    checkFields(fields);
  }
  for (const call of calls) {
    const { verdict, data } = call;
    assert.match(verdict.evidence, /^[ -~→…§]+\.$/);
    const { encrypted, decrypted, undecrypted } = data;
    const closed = Object.values(undecrypted).reduce((sum, count) => sum + count, 0);
    assert.ok(decrypted + closed <= encrypted, JSON.stringify(data));
    const ladder = { ...call, title: "Call", up: true };
    const text = ladderText(ladder, { width: 80, fields: true });
    assert.doesNotMatch(text, /[\p{Cc}\p{Cf}](?<!\n)/u);
    if (captured) assert.doesNotMatch(ladderHtml(ladder), /<script|<img|\son\w+=/i);
  }
}

function checkFields(fields: readonly ShownField[]): void {
  for (const { name, value, text = "x", fields: parts = [] } of fields) {
    assert.match(name, /^[\w-]+$/);
    assert.match(String(value) + text, /^[ -~…]*$/);
    assert.ok(!String(value).includes(SECRET) && !text.includes(SECRET));
    checkFields(parts);
  }
}

const decode = (file: Uint8Array): Decoded =>
  decodedFile(file, { credentials: password("alice", SECRET), fields: true, packets: true, all: true });

/** Packets of one dial, spoilt, in any order and at any time, before and after it came up. */
export const decodedDial: Target = {
  name: "decoded-dial",
  share: 25,
  inputs: chunks(
    mutated([
      ...FRAMES,
      ...CONTROL_FIXTURES.map(({ bytes }) => bytes),
      ...greSeeds(100),
      ...[0, 1, 2].map(() => dialled().sealed("client", packet)),
    ]),
    16,
  ),
  run(input) {
    const list = unpack(input);
    const capture = ((list[0]?.tag ?? 0) & 1) === 0 ? dialled() : new DialCapture().start().call();
    for (const { tag, octets } of list) {
      const from = (tag & 2) === 0 ? "client" : "server";
      if ((tag & 4) !== 0) capture.wait(700);
      if ((tag & 0x30) === 0x10) capture.tcp.say(from, octets);
      else if ((tag & 0x30) === 0x20) capture.raw(from, octets);
      else if ((tag & 0x40) === 0) capture.ppp(from, octets);
      else capture.ppp(from, octets, { sequence: tag });
    }
    sound(decode(capture.file()), (list[0]?.tag ?? 0) === 7);
  },
};

/** A dial of which the capture kept the beginning of each packet, spoilt: nothing is made up for the rest. */
export const decodedCut: Target = {
  name: "decoded-cut",
  share: 10,
  inputs: chunks(mutated([...FRAMES, ...CONTROL_FIXTURES.map(({ bytes }) => bytes)]), 8),
  run(input) {
    const list = unpack(input);
    const capture = dialled().data("client", packet);
    for (const { tag, octets } of list) {
      const from = (tag & 2) === 0 ? "client" : "server";
      if ((tag & 1) === 0) capture.tcp.say(from, octets);
      else capture.ppp(from, octets);
    }
    const length = 20 + ((list[0]?.tag ?? 0) % 120);
    sound(decode(snapped({ linkType: 101, packets: capture.packets }, length)), false);
  },
};

/** A file with a dial in it, spoilt as a whole. */
export const decodedCapture: Target = {
  name: "decoded-capture",
  share: 15,
  inputs: spoilt([whole.file()]),
  run: (input) => sound(decode(input), false),
};
