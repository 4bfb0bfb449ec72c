import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { ascii, bytes, fromHex } from "../../../support/bytes.ts";
import { CLIENT, ipv4 } from "../../../support/capture/frames.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { type Case, CLEAR, dial, notify } from "./cases.ts";

const echo = controlFixture("echo-request").message;
const SLI = controlFixture("set-link-info").message as Extract<typeof echo, { type: "set-link-info" }>;

/** ICMP from a router about the client's GRE. */
const unreachable = (capture: DialCapture, code: number): DialCapture => {
  const quoted = ipv4({ protocol: 47 }, capture.gre("client", fromHex("c021 01010004"), 0));
  const error = concat(Uint8Array.of(3, code, 0, 0, 0, 0, 0, 0), quoted);
  capture.add(ipv4({ protocol: 1, source: "203.0.113.254", destination: CLIENT }, error));
  return capture;
};

const syn = (times: number) => {
  const capture = dial();
  for (let i = 0; i < times; i += 1) {
    if (i === 0) capture.tcp.syn("client");
    else capture.tcp.synAgain("client");
    capture.wait(3000);
  }
  return capture;
};

const reset = () => {
  const capture = dial();
  capture.tcp.syn("client");
  capture.tcp.reset("server");
  return capture;
};

const talks = (from: "client" | "server") => {
  const capture = dial();
  capture.tcp.open();
  for (let i = 0; i < 4; i += 1) capture.tcp.say(from, ascii("GET / HTTP/1.1\r\n\r\n"));
  return capture.wait(6000);
};

const opened = () => {
  const capture = dial();
  capture.tcp.open();
  return capture;
};

const asked = () => opened().say("client", controlFixture("start-control-connection-request").message);

/** Dials that came no further than TCP, the control connection or GRE. */
export const CONTROL_CASES: readonly Case[] = [
  ["a SYN that is answered by RST", "client", "tcp-refused", reset()],
  ["a SYN that nobody answers", "client", "tcp-unanswered", syn(3), /^Nobody answered 3 SYNs/],
  ["HTTP from the server", "client", "not-pptp", talks("server")],
  ["HTTP from the client", "server", "protocol-error", talks("client")],
  ["a start that nobody answers", "client", "start-unanswered", asked().fin("client")],
  [
    "a start that is refused",
    "client",
    "start-refused",
    asked().say("server", {
      ...controlFixture("start-control-connection-reply").message,
      result: 4,
    } as typeof echo),
    /result 4\(not-authorized\)/,
  ],
  ["a start with result 0, as some send it", "capture", "capture-ended", dial().start()],
  [
    "a call that nobody answers",
    "client",
    "call-unanswered",
    dial()
      .start()
      .say("client", controlFixture("outgoing-call-request").message)
      .say("server", { type: "stop-control-connection-request", reason: 1 }),
  ],
  ["a call that is refused", "client", "call-refused", dial().start().call(4), /result 4\(busy\)/],
  ["a start and a goodbye", "capture", "no-call", dial().start().fin("client")],
  [
    "an accepted call without any GRE",
    "server",
    "gre-blocked",
    dial().start().call().say("client", CLEAR),
    /no GRE packet of either side.*filtered/,
  ],
  ["the same while it is fresh", "capture", "capture-ended", dial().start().call()],
  [
    "the server's GRE alone",
    "server",
    "gre-blocked",
    dial().start().call().control("server", "lcp", 1, 1, "0305c22381").wait(9000).say("server", notify(1)),
  ],
  [
    "the client's GRE alone",
    "client",
    "gre-blocked",
    dial().start().call().control("client", "lcp", 1, 1, "01040578").wait(9000).say("client", CLEAR),
  ],
  [
    "ICMP that no such protocol is known",
    "capture",
    "gre-refused",
    unreachable(dial().start().call().control("client", "lcp", 1, 1, "01040578"), 2),
    /203\.0\.113\.254 says by ICMP about GRE of the client: protocol unreachable/,
  ],
  [
    "ICMP that a packet was too large, and then silence",
    "client",
    "gre-blocked",
    unreachable(dial().start().call().control("client", "lcp", 1, 1, "01040578"), 4).say("client", CLEAR),
  ],
  [
    "what Windows says once LCP is open, and no GRE",
    "capture",
    "gre-not-captured",
    dial()
      .start()
      .call()
      .say("client", { ...SLI, peerCallId: toCallId(200), sendAccm: 0 })
      .say("client", CLEAR),
  ],
  [
    "a control connection that lives for minutes, and no GRE",
    "capture",
    "gre-not-captured",
    dial().start().call().wait(60_000).say("client", echo).wait(60_000).say("client", echo),
  ],
  [
    "GRE without a sequence number",
    "capture",
    "malformed-gre",
    dial().raw("client", bytes`2001 880b 0004 00c8 c2270104`),
  ],
];
