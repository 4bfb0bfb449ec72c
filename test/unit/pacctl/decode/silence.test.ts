import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsOf } from "../../../../ladder/steps.ts";
import { ipv4 } from "../../../support/capture/frames.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { dial } from "./cases.ts";

const echo = controlFixture("echo-request").message;

/** Packets of other hosts that have nothing to do with PPTP, one a second. */
const others = (capture: DialCapture, seconds: number): DialCapture => {
  for (let i = 0; i < seconds; i += 1) {
    capture.wait(1000);
    capture.add(ipv4({ protocol: 17, source: "10.0.0.9", destination: "10.0.0.10" }, new Uint8Array(12)));
  }
  return capture;
};

const verdictOf = (capture: DialCapture) => {
  const { calls } = decodedFile(capture.file());
  assert.equal(calls.length, 1);
  return calls[0]!.verdict;
};

const control = (capture: DialCapture, from: "client" | "server", type: "echo-request" | "echo-reply") =>
  capture.say(from, controlFixture(type).message);

const CASES: readonly (readonly [what: string, DialCapture, source: string, code: string, RegExp])[] = [
  [
    "a session that falls silent while others go on for minutes",
    others(dial().up(), 300),
    "server",
    "link-lost",
    /Its last packet passed .* after it began; the capture goes on for 5 min 0 s without one, and nobody/,
  ],
  [
    "the server falls silent first",
    others(
      [1, 2, 3].reduce((c) => c.wait(9000).control("client", "lcp", 11, 9), dial().up()),
      300,
    ),
    "client",
    "link-lost",
    /Nothing came from the server later than .* and from the client not later than 27\.0 s/,
  ],
  [
    "a session that is quiet for a minute",
    others(dial().up(), 70),
    "server",
    "connected",
    /The capture ends 1 min 10 s later, and the session goes on; it was quiet for the last 1 min 10 s/,
  ],
  [
    "a dial that stands still in LCP",
    others(
      dial()
        .start()
        .call()
        .control("server", "lcp", 1, 1, "0305c22381 0506 11111111")
        .control("client", "lcp", 2, 1, "0305c22381 0506 11111111")
        .control("client", "lcp", 1, 1, "01040578 0506 22222222")
        .control("server", "lcp", 3, 1, "01040578"),
      120,
    ),
    "server",
    "link-lost",
    /^The link was still being negotiated\. Its last packet .* the capture goes on for 2 min 0 s/,
  ],
  [
    "a dial that stands still in CCP",
    others(dial().start().call().lcp().logIn().accept().control("server", "ccp", 1, 1, "1206 01000040"), 120),
    "server",
    "mppe-refused",
    /CCP did not open/,
  ],
  [
    "a call without an answer",
    others(dial().start().say("client", controlFixture("outgoing-call-request").message), 60),
    "client",
    "call-unanswered",
    /No Outgoing-Call-Reply came/,
  ],
  [
    "a row of Echo-Requests on the control connection that the server does not answer",
    [...Array(12)].reduce((c: DialCapture) => control(c.wait(60_000), "client", "echo-request"), dial().up()),
    "client",
    "link-lost",
    /^The server answered none of the last 12 Echo-Requests on the control connection within 11 min 0 s; its last packet had come .* ms after the call began\.$/,
  ],
  [
    "the same, and then the client gives up",
    [...Array(12)]
      .reduce((c: DialCapture) => control(c.wait(60_000), "client", "echo-request"), dial().up())
      .fin("client"),
    "client",
    "link-lost",
    /The server answered none of the last 12 .*; the client closed the control connection/,
  ],
  [
    "a row of LCP Echo-Requests that the client does not answer, and the server hangs up",
    [9, 10, 11, 12, 13]
      .reduce((c, id) => c.wait(20_000).control("server", "lcp", 9, id, "11111111"), dial().up())
      .control("server", "lcp", 5, 14),
    "server",
    "link-lost",
    /^The client answered none of the last 5 LCP Echo-Requests within 1 min 20 s; its last GRE packet had come .*; the server sent an LCP Terminate-Request/,
  ],
  [
    "a row of Echo-Requests and nothing before them, that TCP alone acknowledges",
    [...Array(5)].reduce((c: DialCapture) => {
      control(c.wait(60_000), "client", "echo-request").tcp.acknowledge("server");
      return c;
    }, dial()),
    "client",
    "link-lost",
    /^The server answered none of the last 5 Echo-Requests .*; its TCP lives on, so that the host is there/,
  ],
  [
    "the same where nothing of the server is in the capture",
    [...Array(5)].reduce((c: DialCapture) => control(c.wait(60_000), "client", "echo-request"), dial()),
    "capture",
    "joined-late",
    /Neither/,
  ],
  [
    "Echo-Requests of both sides that are answered",
    [...Array(8)].reduce((c: DialCapture) => {
      control(control(c.wait(60_000), "client", "echo-request"), "server", "echo-reply");
      return control(control(c, "server", "echo-request"), "client", "echo-reply");
    }, dial().up()),
    "server",
    "connected",
    /goes on/,
  ],
];

for (const [what, capture, source, code, evidence] of CASES)
  test(`${what}: ${code}`, () => {
    const verdict = verdictOf(capture);
    assert.deepEqual([verdict.source, verdict.code], [source, code], verdict.evidence);
    assert.match(verdict.evidence, evidence);
  });

test("an answer to the server's Echo-Request is none to the client's", () => {
  const capture = dial().up();
  for (let i = 0; i < 4; i += 1) {
    control(capture.wait(60_000), "client", "echo-request");
    control(control(capture, "server", "echo-request"), "client", "echo-reply");
  }
  const [call] = decodedFile(capture.file()).calls;
  assert.match(
    call!.findings.join("\n"),
    /The server answered none of the last 4 Echo-Requests on the control connection within 3 min 0 s, though other packets of it came/,
  );
});

test("a capture that pauses for a quarter of an hour does not end the call that goes on behind the pause", () => {
  const capture = dial().up().say("client", echo).wait(900_000).say("client", echo);
  const { calls } = decodedFile(capture.control("client", "lcp", 5, 9).file());
  assert.deepEqual(
    calls.map(({ verdict }) => verdict.code),
    ["client-hung-up"],
  );
});

/** The rows of a ladder from the first Echo-Request on, in short. */
const echoRows = (capture: DialCapture): string[] => {
  const [call] = decodedFile(capture.file()).calls;
  const rows = call!.rows.map(({ from, layer, text }) => `${from} ${layer} ${text}`);
  return rows.slice(rows.findIndex((row) => row.includes("Echo-Request")));
};

test("an endless row of Echo-Requests without an answer is three rows of the ladder", () => {
  const capture = dial().up();
  for (let i = 0; i < 500; i += 1) control(capture.wait(60_000), "client", "echo-request");
  const [call] = decodedFile(capture.file()).calls;
  assert.deepEqual(echoRows(capture), [
    "client pptp Echo-Request identifier=4275878552",
    "client pptp Echo-Request identifier=4275878552",
    "client pptp Echo-Request 498 times more within 8 h 17 min, and no answer",
  ]);
  const silences = stepsOf(call!.rows).filter(({ kind }) => kind === "silence");
  assert.equal(silences.length, 3);
});

test("Echo-Requests of LCP and of the control connection are one row with how many each", () => {
  const capture = dial().up();
  for (let i = 0; i < 6; i += 1) {
    capture.wait(20_000).control("client", "lcp", 9, i, "22222222");
    if (i % 3 === 0) control(capture, "client", "echo-request");
  }
  assert.equal(
    echoRows(capture).at(-1),
    "client lcp Echo-Request 6 times more (5 of LCP, 1 of PPTP) within 1 min 20 s, and no answer",
  );
});

test("Echo-Requests with answers between are a row each", () => {
  const capture = dial().up();
  for (let i = 0; i < 5; i += 1)
    control(control(capture.wait(60_000), "client", "echo-request"), "server", "echo-reply");
  assert.equal(echoRows(capture).length, 10);
});
