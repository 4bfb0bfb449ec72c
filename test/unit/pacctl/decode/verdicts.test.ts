import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes, fromHex } from "../../../support/bytes.ts";
import { CLIENT, ipv4, SERVER } from "../../../support/capture/frames.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { CLEAR, dial } from "./cases.ts";
import { BREACH_CASES, CONTROL_CASES, FAULT_CASES } from "./control-cases.ts";
import { EAP_CASES } from "./eap-cases.ts";
import { GRE_CASES } from "./gre-cases.ts";
import { LINK_CASES } from "./link-cases.ts";
import { METHOD_CASES } from "./method-cases.ts";

for (const [what, source, code, capture, evidence] of [
  ...CONTROL_CASES,
  ...GRE_CASES,
  ...FAULT_CASES,
  ...BREACH_CASES,
  ...LINK_CASES,
  ...METHOD_CASES,
  ...EAP_CASES,
])
  test(`${what}: ${code}`, () => {
    const { calls } = decodedFile(capture.file());
    assert.equal(calls.length, 1);
    const { verdict } = calls[0]!;
    assert.deepEqual([verdict.source, verdict.code], [source, code], verdict.evidence);
    assert.match(verdict.evidence, /^[ -~→§]+\.$/);
    if (evidence !== undefined) assert.match(verdict.evidence, evidence);
  });

test("what to do names pacctl where the server is pacd, on each call of a connection, and not elsewhere", () => {
  const refused = (vendor: string) => {
    const capture = dial().start(vendor).call().lcp().logIn().refuse("E=691 R=0").say("client", CLEAR);
    capture.redial(101, 201).call().lcp().logIn().refuse("E=648 R=0");
    return decodedFile(capture.file()).calls.map(({ verdict }) => verdict);
  };
  const [first, second] = refused("pacd");
  assert.match(first!.remedy, /pacctl user password NAME/);
  assert.match(second!.remedy, /pacctl user password NAME --no-password-expires/);
  for (const { remedy } of refused("Microsoft")) assert.doesNotMatch(remedy, /pacctl/);
});

test("the right password and a refusal all the same", () => {
  const file = dial().start().call().lcp().logIn().refuse("E=691 R=0").file();
  const [call] = decodedFile(file, { credentials: password("alice", "s3cret") }).calls;
  assert.deepEqual([call!.verdict.source, call!.verdict.code], ["capture", "right-password-refused"]);
});

test("a server that does not prove itself", () => {
  const capture = dial()
    .start()
    .call()
    .lcp()
    .logIn()
    .accept(`S=${"00".repeat(20)} M=Hi`)
    .ccp()
    .ipcp();
  const [call] = decodedFile(capture.file(), { credentials: password("alice", "s3cret") }).calls;
  assert.deepEqual([call!.verdict.source, call!.verdict.code], ["client", "server-not-proven"]);
  assert.match(call!.findings.join(), /impostor/);
  assert.equal(decodedFile(capture.file()).calls[0]!.verdict.code, "connected");
});

test("TCP that a router says is unreachable", () => {
  const capture = dial();
  capture.tcp.syn("client");
  const quoted = ipv4({ protocol: 6 }, fromHex("9c40 06bb 000003e8 00000000"));
  capture.add(
    ipv4(
      { protocol: 1, source: "203.0.113.254", destination: CLIENT },
      concat(bytes`0301 0000 00000000`, quoted),
    ),
  );
  const [call] = decodedFile(capture.file()).calls;
  assert.deepEqual([call!.verdict.source, call!.verdict.code], ["client", "tcp-unreachable"]);
  assert.equal(call!.server, SERVER);
});

test("the stage that failed says so, and the next ones never began", () => {
  const [call] = decodedFile(dial().start().call().lcp().logIn().refuse("E=691 R=0").file()).calls;
  assert.deepEqual(call!.stages.map(({ stage, done, result }) => [stage, done, result]).slice(2), [
    ["lcp", true, "MRU 1400 / 1500, log-in by MS-CHAPv2"],
    ["auth", false, 'MS-CHAPv2, "alice" refused'],
  ]);
});
