import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { credentialsOf } from "../../../../pacctl/decode/credentials.ts";
import { chapMd5Response } from "../../../../server/crypto/chap-md5.ts";
import { ntPasswordHash } from "../../../../server/crypto/nt-password-hash.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { fieldText } from "../../../../server/wire/shown-field.ts";
import { inner } from "../../../simulation/dials.ts";
import { ascii } from "../../../support/bytes.ts";
import { decodedFile, lines, password } from "../../../support/decode/decoded.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { ALICE as PPPD } from "../../../support/lab/scene.ts";
import { dial } from "./cases.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const ALICE = password("alice", "s3cret");

const begun = (): DialCapture => dial().start().call().lcp("0304c227").identity();
const up = (): DialCapture => begun().eapLogIn().eapAnswer(3).eap("server", 3, 4).ccp().ipcp();

test("the ladder has the Identity, the method, its packets without secrets, and Success", () => {
  const said = lines(decodedFile(up().file(), { credentials: ALICE }));
  assert.deepEqual(
    said.filter((line) => / (?:eap|auth) /.test(line)),
    [
      "server eap Request id=1 type=1(identity)",
      'client eap Response id=1 type=1(identity) "alice"',
      'server eap Request id=2 type=26(ms-chap-v2) Challenge id=7 value=(16 octets) name="pacd"',
      'client eap Response id=2 type=26(ms-chap-v2) Response id=7 value=(49 octets) name="alice"',
      'note auth The password given for "alice" is the one that the client used',
      'server eap Request id=3 type=26(ms-chap-v2) Success id=7 "S=(40 characters) M=Hi"',
      "note auth The Success proves that the server knows the password",
      "client eap Response id=3 type=26(ms-chap-v2) Success received",
      "server eap Success id=4",
      'note auth Log-in done: EAP-MSCHAPv2, "alice" accepted',
    ],
  );
});

for (const [what, credentials] of [
  ["the password", ALICE],
  ["its NT hash", credentialsOf([["alice", ntPasswordHash("s3cret")]])],
] as const)
  test(`EAP-MSCHAPv2 with ${what}: checked, and MPPE follows from it`, () => {
    const file = up().data("client", packet).data("server", packet).file();
    const [call] = decodedFile(file, { credentials }).calls;
    assert.deepEqual([call!.method, call!.user, call!.verdict.code], ["EAP-MSCHAPv2", "alice", "connected"]);
    assert.deepEqual([call!.data.encrypted, call!.data.decrypted], [2, 2]);
    assert.deepEqual(call!.findings, []);
  });

test("EAP-MSCHAPv2 with a wrong password: said, and nothing is decrypted", () => {
  const file = up().data("client", packet).file();
  for (const credentials of [
    password("alice", "other"),
    credentialsOf([["alice", ntPasswordHash("other")]]),
  ]) {
    const [call] = decodedFile(file, { credentials }).calls;
    assert.deepEqual(call!.data.undecrypted, { "wrong-password": 1 });
    assert.match(call!.findings[0]!, /^The (?:password|NT hash) given for "alice" is wrong/);
  }
});

test("EAP-MSCHAPv2: a Success that does not prove the server", () => {
  const file = begun()
    .eapLogIn()
    .eapAnswer(3, `S=${"00".repeat(20)}`)
    .eap("server", 3, 4)
    .ccp()
    .ipcp()
    .file();
  const [call] = decodedFile(file, { credentials: ALICE }).calls;
  assert.deepEqual([call!.verdict.source, call!.verdict.code], ["client", "server-not-proven"]);
});

test("EAP-MSCHAPv2: the right password, refused", () => {
  const file = begun().eapLogIn().eapAnswer(4, "E=691 R=0").eap("server", 4, 4).file();
  const [call] = decodedFile(file, { credentials: ALICE }).calls;
  assert.deepEqual([call!.verdict.source, call!.verdict.code], ["capture", "right-password-refused"]);
  const [early] = decodedFile(begun().eapLogIn().eap("server", 4, 3).file(), { credentials: ALICE }).calls;
  assert.equal(early!.verdict.code, "right-password-refused");
});

test("EAP-MD5 is checked with a password; with a hash it cannot be, and that is said", () => {
  const challenge = new Uint8Array(16).fill(0x11);
  const response = chapMd5Response(2, ascii("s3cret"), challenge);
  const file = begun()
    .eap("server", 1, 2, 4, concat(Uint8Array.of(16), challenge, ascii("ras")))
    .eap("client", 2, 2, 4, concat(Uint8Array.of(16), response, ascii("alice")))
    .eap("server", 3, 3)
    .ipcp()
    .file();
  const said = (credentials: typeof ALICE) => lines(decodedFile(file, { credentials })).join("\n");
  assert.match(said(ALICE), /The password given for "alice" is the one that the client used/);
  assert.match(said(password("alice", "other")), /The client did not use the password given for "alice"/);
  const [call] = decodedFile(file, {
    credentials: credentialsOf([["alice", ntPasswordHash("s3cret")]]),
  }).calls;
  assert.match(
    call!.findings.join(),
    /The NT hash given for "alice" could not be checked: the client logged in by EAP-MD5\./,
  );
  assert.equal(call!.verdict.code, "connected");
});

test("EAP-TLS with a password: it has nothing to say, and packets stay closed for want of keys", () => {
  const capture = begun()
    .eap("server", 1, 2, 13, Uint8Array.of(0x20))
    .eap("client", 2, 2, 13, Uint8Array.of(0))
    .eap("server", 3, 3);
  capture.control("server", "ccp", 1, 1, "120601000040").control("client", "ccp", 2, 1, "120601000040");
  capture.control("client", "ccp", 1, 1, "120601000040").control("server", "ccp", 2, 1, "120601000040");
  const file = capture
    .ipcp()
    .ppp("client", Uint8Array.of(0xfd, 0x90, 0, 1, 2, 3))
    .file();
  const [call] = decodedFile(file, { credentials: ALICE }).calls;
  assert.deepEqual([call!.method, call!.data.undecrypted], ["EAP-TLS", { "no-keys": 1 }]);
  assert.match(call!.findings.join(), /could not be checked: the client logged in by EAP-TLS/);
});

test("--fields: every field of EAP-MSCHAPv2; secrets where they are asked for", () => {
  const fieldsOf = (secrets: boolean) =>
    decodedFile(up().file(), { fields: true, secrets })
      .rows.find(({ text }) => text.includes("Response id=7"))!
      .fields!.flatMap((field) => [field, ...(field.fields ?? [])])
      .map((field) => `${field.name}: ${fieldText(field)}`);
  const hidden = fieldsOf(false);
  const at = hidden.indexOf("type: 26(ms-chap-v2)");
  assert.deepEqual(hidden.slice(at), [
    "type: 26(ms-chap-v2)",
    "op-code: 2(Response)",
    "ms-chapv2-id: 7",
    "ms-length: 59",
    "value-size: 49",
    "value: (49 octets)",
    "peer-challenge: (16 octets)",
    "reserved: 0000000000000000",
    "nt-response: (24 octets)",
    "flags: 0",
    'name: "alice"',
  ]);
  assert.ok(fieldsOf(true).includes(`peer-challenge: ${"9e".repeat(16)}`));
});

test("pppd and the MPPE of its kernel: the log-in is checked, and all that is encrypted is decrypted", () => {
  const decoded = decodedFile(
    readFileSync(new URL("../../../fixtures/eap/pppd-ms-chap-v2.pcap", import.meta.url)),
    {
      credentials: password(PPPD.user, PPPD.password),
    },
  );
  const [call] = decoded.calls;
  assert.deepEqual(
    [call!.method, call!.user, call!.encryption],
    ["EAP-MSCHAPv2", "alice", "MPPE 128 bits stateless"],
  );
  assert.deepEqual([call!.data.encrypted, call!.data.decrypted, decoded.inner.length], [16, 16, 16]);
  assert.deepEqual([call!.verdict.code, call!.findings], ["client-hung-up", []]);
  assert.ok(lines(decoded).includes("note auth The Success proves that the server knows the password"));
});
