import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fieldText, type ShownField } from "../../../../server/wire/shown-field.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";
import { decodedFile, lines, password } from "../../../support/decode/decoded.ts";
import { carried, NETWORKS, type Packets, packetsOf, snapped } from "../../../support/decode/snap.ts";
import { ALL_CASES } from "./all-cases.ts";
import { CLEAR, dial, notify } from "./cases.ts";

/** More than any packet has. */
const WHOLE = 262_144;

/** Octets with which the flags of TCP, and the sequence number of GRE, are there on every network. */
const LEAST = 54;
const MOST = 200;

const codes = (packets: Packets, length: number): string[] =>
  decodedFile(snapped(packets, length), { ladders: false }, WHOLE).calls.map(({ verdict }) => verdict.code);

/** A verdict on cut packets is the one on whole packets, or that they are cut: never another cause. */
function neverAnother(packets: Packets, from: number, to: number): void {
  const right = codes(packets, WHOLE);
  // Everything that a verdict hangs on stands at the beginning: behind it, some lengths will do.
  for (let length = from; length <= to; length += length < from + 60 ? 1 : 11) {
    const found = codes(packets, length);
    assert.equal(found.length, right.length, `${length} octets`);
    for (const [i, code] of found.entries())
      assert.ok(code === right[i] || code === "packets-cut", `${length} octets: ${code}, not ${right[i]}`);
  }
  assert.deepEqual(codes(packets, to), right, `${to} octets suffice`);
}

const FOLDERS = ["../../../fixtures/", "../../../../../shared/captures/"].map(
  (name) => new URL(name, import.meta.url),
);

for (const folder of FOLDERS.filter((one) => existsSync(one)))
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".pcap")))
    test(`${name}, cut to ${LEAST} octets and more, has no other verdict`, () =>
      neverAnother(packetsOf(readFileSync(new URL(name, folder))), LEAST, MOST));

for (const [what, , , { packets }] of ALL_CASES)
  test(`${what}, cut to any length, has no other verdict`, () =>
    neverAnother(carried(packets, "raw"), 34, 189));

for (const network of NETWORKS)
  test(`on ${network}: what is there is read, and the verdict is none of another dial`, () => {
    const refused = dial().start().call().lcp().logIn().refuse("E=691 R=0 M=no").say("client", CLEAR);
    const hungUp = dial().up().say("server", notify(3, "idle"));
    for (const { packets } of [refused, hungUp]) neverAnother(carried(packets, network), LEAST, MOST + 10);
  });

/** As of a capture of Ethernet with this snap length. */
const cut = (length: number, { packets } = dial().up(), options = {}) =>
  decodedFile(snapped(carried(packets, "Ethernet"), length), options);

test("with 68 octets the types and the call IDs are there, and what is not is marked", () => {
  const decoded = cut(68);
  assert.deepEqual(
    lines(decoded).filter((line) => line.includes(" pptp ")),
    [
      "client pptp Start-Control-Connection-Request [cut]",
      "server pptp Start-Control-Connection-Reply [cut]",
      "client pptp Outgoing-Call-Request call-id=100 [cut]",
      "server pptp Outgoing-Call-Reply call-id=200 [cut]",
    ],
  );
  const [call] = decoded.calls;
  assert.deepEqual([call!.callIds, call!.verdict.code], [{ client: 100, server: 200 }, "connected"]);
});

test("with 64 octets the types are there, and GRE is found by its addresses", () => {
  const [call, ...others] = cut(64).calls;
  assert.equal(others.length, 0);
  assert.deepEqual([call!.callIds, call!.verdict.code], [{ client: 100, server: 200 }, "connected"]);
});

test("options are shown as far as they are whole", () => {
  // The options begin behind 54 octets: an MRU of 4, a Magic-Number of 6.
  const request = (length: number) => lines(cut(length)).find((line) => line.startsWith("client lcp"));
  assert.equal(request(64), "client lcp Configure-Ack id=1 auth=ms-chap-v2 [cut]");
  const asked = (length: number) => lines(cut(length)).find((line) => /client lcp .*-Request/.test(line));
  assert.equal(asked(64), "client lcp Configure-Request id=1 mru=1400 magic=22222222");
  assert.equal(asked(63), "client lcp Configure-Request id=1 mru=1400 [cut]");
  assert.equal(asked(57), "client lcp Configure-Request id=1 [cut]");
  assert.equal(asked(53), "client lcp Configure-Request [cut]");
});

test("a user whose name was cut is unknown, and nothing is checked", () => {
  for (const length of [64, 68, 96, 108]) {
    const [call] = cut(length, dial().up(), { credentials: password("alice", "s3cret") }).calls;
    assert.equal(call!.user, undefined, `${length} octets`);
    assert.equal(call!.method, "MS-CHAPv2");
    assert.match(call!.findings.join(" "), /could not be checked: the capture cut the log-in/);
    assert.equal(call!.verdict.code, "connected");
  }
});

test("the advice is one finding", () => {
  for (const length of [64, 68, 96]) {
    const { findings } = cut(length).calls[0]!;
    assert.equal(findings.filter((text) => text.includes("tcpdump -s 0")).length, 1);
  }
  assert.ok(!cut(400).calls[0]!.findings.join().includes("tcpdump"));
});

const flat = (fields: readonly ShownField[]): string[] =>
  fields.flatMap((field) => [`${field.name}: ${fieldText(field)}`, ...flat(field.fields ?? [])]);

test("with every field, each that was cut says so, and none has a value of its own", () => {
  const { rows } = cut(68, dial().up(), { fields: true, packets: true });
  const fieldsIn = (list: typeof rows, text: string) =>
    flat(list.find((row) => row.text.startsWith(text))!.fields!);
  const fieldsOf = (text: string) => fieldsIn(rows, text);
  const request = fieldsOf("Outgoing-Call-Request");
  assert.ok(request.includes("call-id: 100"));
  for (const name of ["call-serial-number", "minimum-bps", "phone-number", "sub-address"])
    assert.ok(request.includes(`${name}: [cut]`), name);
  const response = fieldsOf("Response");
  for (const line of ["code: 2(Response)", "length: 59", "value-size: 49", "value: [cut]", "name: [cut]"])
    assert.ok(response.includes(line), response.join("\n"));
  const shorter = cut(60, dial().up(), { fields: true }).rows;
  const options = fieldsIn(shorter, "Configure-Request id=1 auth=ms-chap-v2");
  for (const line of ["length: 15", "auth: MS-CHAPv2", "options: [cut]"])
    assert.ok(options.includes(line), options.join("\n"));
});

test("a refusal whose number was cut is no wrong password", () => {
  const capture = dial().start().call().lcp().logIn().refuse("E=691 R=0 C=AABB V=3 M=Access denied");
  // 54 octets of headers, then "E=691 R=…"
  for (let length = 55; length <= 59; length += 1)
    assert.equal(cut(length, capture).calls[0]!.verdict.code, "packets-cut", `${length} octets`);
  const { verdict } = cut(60, capture).calls[0]!;
  assert.equal(verdict.code, "bad-credentials");
  assert.match(verdict.evidence, /saying "E=691 \[cut\]"/);
});

test("a message whose middle was cut, and several in one segment: what follows is read", () => {
  const capture = dial();
  capture.tcp.open();
  capture.tcp.say(
    "client",
    fromHex(`009c0001 1a2b3c4d 0001 0000 ${"00".repeat(144)} 00100001 1a2b3c4d 0005 0000 00000001`),
  );
  capture.tcp.say("client", fromHex("0010 0001 1a2b3c4d 0005 0000 00000007"));
  assert.deepEqual(
    lines(cut(70, capture)).filter((line) => line.includes(" pptp ")),
    [
      "client pptp Start-Control-Connection-Request [cut]",
      "client pptp 16 octets of control messages [cut]",
      "client pptp Echo-Request identifier=7",
    ],
  );
});

test("an accepted call is not taken for a blocked one where its reply was cut", () => {
  const capture = dial().start().call().wait(9000).say("client", CLEAR);
  assert.equal(cut(68, capture).calls[0]!.verdict.code, "packets-cut");
  assert.match(cut(68, capture).calls[0]!.verdict.evidence, /result of the Outgoing-Call-Reply/);
});

test("no password shows, whatever is cut of it", () => {
  const capture = dial().start().call().lcp("0304c023");
  capture.control(
    "client",
    "pap",
    1,
    1,
    `05${Buffer.from("alice").toString("hex")}08${Buffer.from("s3cretPW").toString("hex")}`,
  );
  for (let length = 54; length < 80; length += 1) {
    const said = JSON.stringify(cut(length, capture, { fields: true, packets: true, secrets: false }).rows);
    assert.ok(!said.includes("s3c") && !said.includes(Buffer.from(ascii("s3c")).toString("hex")), said);
  }
});
