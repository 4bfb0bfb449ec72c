import assert from "node:assert/strict";
import { test } from "node:test";
import { ipv4 } from "../../../support/capture/frames.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { dial } from "./cases.ts";

const slow = (capture: DialCapture): DialCapture => capture.wait(6000);

const opened = (): DialCapture => {
  const capture = dial();
  capture.tcp.open();
  return capture;
};

const request = controlFixture("start-control-connection-request").message;
const call = controlFixture("outgoing-call-request").message;
const CHALLENGE = `10 ${"00".repeat(16)}`;

/** A dial that took its time, up to a question; and what is to be said where nobody answers it. */
const QUESTIONS: readonly (readonly [what: string, code: string, asked: () => DialCapture])[] = [
  ["a Start-Control-Connection-Request", "start-unanswered", () => slow(opened()).say("client", request)],
  ["a call", "call-unanswered", () => slow(dial().start()).say("client", call)],
  ["GRE", "gre-blocked", () => slow(dial().start()).call()],
  [
    "GRE of the server",
    "gre-blocked",
    () => slow(dial().start()).call().control("client", "lcp", 1, 1, "01040578"),
  ],
  [
    "the client's LCP",
    "lcp-unanswered",
    () =>
      slow(dial().start().call())
        .control("client", "lcp", 1, 1, "01040578")
        .control("server", "lcp", 1, 1, "0305c22381")
        .control("client", "lcp", 2, 1, "0305c22381"),
  ],
  [
    "a Challenge",
    "auth-unanswered",
    () => slow(dial().start().call().lcp()).control("server", "chap", 1, 1, CHALLENGE),
  ],
  ["a log-in", "auth-unanswered", () => slow(dial().start().call().lcp()).logIn()],
  [
    "IPCP",
    "ipcp-unanswered",
    () =>
      slow(dial().start().call().lcp().logIn().accept().ccp()).control(
        "client",
        "ipcp",
        1,
        1,
        "030600000000",
      ),
  ],
];

/** A packet of somebody else, so that the capture goes on. */
const other = (capture: DialCapture): DialCapture => {
  capture.add(ipv4({ protocol: 17, source: "198.51.100.99", destination: "192.0.2.99" }, new Uint8Array(8)));
  return capture;
};

for (const [what, code, asked] of QUESTIONS)
  test(`${what} just before the end of the capture had no time to be answered; later it is ${code}`, () => {
    const verdict = (capture: DialCapture) => decodedFile(capture.file()).calls[0]!.verdict.code;
    assert.equal(verdict(asked()), "capture-ended");
    assert.equal(verdict(other(asked().wait(2000))), "capture-ended");
    assert.equal(verdict(other(asked().wait(8000))), code);
  });
