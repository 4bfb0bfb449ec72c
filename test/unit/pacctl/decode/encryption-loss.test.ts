import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { inner } from "../../../simulation/dials.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import { controlFrame, DialCapture } from "../../../support/decode/dial-capture.ts";
import { CLEAR, notify } from "./cases.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const MPPE = "1206 01000040";

/** A session that has been up for a while. */
const session = () => {
  const capture = new DialCapture().up();
  for (let i = 0; i < 4; i += 1) capture.wait(3000).data("client", packet).data("server", packet);
  return capture.wait(1000);
};

const terminates = (capture: DialCapture, from: "client" | "server", protocol: "lcp" | "ccp", text = "") =>
  capture.ppp(from, controlFrame(protocol, 5, 9, ascii(text)));

const inClear = (capture: DialCapture, times: number) => {
  for (let i = 0; i < times; i += 1) capture.wait(500).ppp("client", concat(fromHex("0021"), packet));
  return capture;
};

const callOf = (capture: DialCapture) => {
  const { calls } = decodedFile(capture.file());
  assert.equal(calls.length, 1);
  return calls[0]!;
};

const CASES: readonly (readonly [what: string, DialCapture, source: string, code: string, RegExp])[] = [
  [
    "the server terminates CCP, and the session goes on in clear",
    inClear(terminates(session(), "server", "ccp", "no more MPPE"), 3),
    "capture",
    "encryption-ended",
    /^The server ended the encryption of the session by a CCP Terminate-Request saying "no more MPPE", 13\.0 s after it began; after that 3 packets of users' data passed in clear, and the session goes on\.$/,
  ],
  [
    "the client terminates CCP, and the server hangs up over it",
    terminates(terminates(session(), "client", "ccp"), "server", "lcp", "MPPE disabled"),
    "capture",
    "encryption-ended",
    /^The client ended the encryption .* without a reason, 13\.0 s after it began; the server sent an LCP Terminate-Request saying "MPPE disabled"/,
  ],
  [
    "the client terminates CCP, and uses the link in clear for a while before it hangs up",
    terminates(inClear(terminates(session(), "client", "ccp"), 20), "client", "lcp"),
    "capture",
    "encryption-ended",
    /after that 20 packets of users' data passed in clear; the client sent an LCP Terminate-Request/,
  ],
  [
    "a goodbye that takes CCP down first",
    terminates(terminates(session(), "client", "ccp").wait(20), "client", "lcp"),
    "server",
    "client-hung-up",
    /Terminate-Request/,
  ],
  [
    "a server's goodbye that takes CCP down first, and its peer hangs up at once",
    terminates(
      terminates(terminates(session(), "server", "ccp").wait(5), "client", "lcp", "MPPE disabled").wait(5),
      "server",
      "lcp",
    ),
    "client",
    "hung-up-by-server",
    /Terminate-Request/,
  ],
  [
    "the server rejects CCP in mid-session",
    session().control("server", "lcp", 8, 9, "80fd 01010004").wait(100).say("client", CLEAR),
    "capture",
    "encryption-ended",
    /^The server rejected the encryption of the session by an LCP Protocol-Reject/,
  ],
  [
    "the client negotiates CCP anew, and the server hangs up",
    session().control("client", "ccp", 1, 9, MPPE).wait(10).control("server", "lcp", 5, 10),
    "server",
    "mppe-renegotiated",
    /^The client began to negotiate encryption \(CCP\) anew in mid-session, 13\.0 s after it began; the server sent/,
  ],
  [
    "the server negotiates CCP anew, and the client hangs up",
    session().control("server", "ccp", 1, 9, MPPE).wait(10).control("client", "lcp", 5, 10),
    "client",
    "encryption-lost",
    /^The server began to negotiate encryption/,
  ],
  [
    "CCP is negotiated anew, and opens again",
    session()
      .control("client", "ccp", 1, 9, MPPE)
      .control("server", "ccp", 2, 9, MPPE)
      .control("server", "ccp", 1, 9, MPPE)
      .control("client", "ccp", 2, 9, MPPE),
    "server",
    "connected",
    /goes on/,
  ],
  [
    "a row of Reset-Requests, and then the end",
    [...Array(12).keys()]
      .reduce((c, i) => c.wait(200).control("client", "ccp", 14, i), session())
      .say("server", notify(2)),
    "client",
    "encryption-lost",
    /^The client sent 12 CCP Reset-Requests within 2\.2 s: it could not decrypt what came; the server sent a Call-Disc/,
  ],
  [
    "some Reset-Requests that are answered, and a goodbye later",
    [1, 2, 3]
      .reduce(
        (c, i) => c.wait(200).control("server", "ccp", 14, i).control("client", "ccp", 15, i),
        session(),
      )
      .wait(60_000)
      .control("client", "lcp", 5, 9),
    "server",
    "client-hung-up",
    /Terminate-Request/,
  ],
];

for (const [what, capture, source, code, evidence] of CASES)
  test(`${what}: ${code}`, () => {
    const { verdict } = callOf(capture);
    assert.deepEqual([verdict.source, verdict.code], [source, code], verdict.evidence);
    assert.match(verdict.evidence, evidence);
    assert.doesNotMatch(verdict.evidence, /(Terminate-Request.*){3}/);
  });

test("what happened to the encryption is a finding, also where it is no verdict", () => {
  const findings = (index: number) => callOf(CASES[index]![1]).findings.join("\n");
  assert.match(findings(8), /^The client began to negotiate encryption .* it was agreed on again\.$/);
  assert.match(findings(10), /The server sent 3 CCP Reset-Requests within 400 ms.*and got 3 Reset-Acks\.$/);
  assert.equal(findings(3), "", "a goodbye");
});
