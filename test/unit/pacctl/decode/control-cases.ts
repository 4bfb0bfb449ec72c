import { encodeMessage } from "../../../../server/pptp/messages/codec.ts";
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

/** A message with some of its octets replaced; `at` counts from its beginning. */
const broken = (type: Parameters<typeof controlFixture>[0], at: number, digits: string): Uint8Array => {
  const octets = encodeMessage(controlFixture(type).message);
  octets.set(fromHex(digits), at);
  return octets;
};

/** One side sends these octets, and the other closes. */
const breaks = (capture: DialCapture, from: "client" | "server", octets: Uint8Array) => {
  capture.wait(20).tcp.say(from, octets);
  capture.wait(10).tcp.fin(from === "client" ? "server" : "client");
  return capture;
};

const cutShort = () => {
  const capture = opened();
  for (const octet of broken("start-control-connection-request", 4, "1a2b3c4e")) {
    capture.tcp.say("client", Uint8Array.of(octet));
  }
  return capture.fin("server");
};

/** Dials on which one side breaks the protocol of the control connection. */
export const FAULT_CASES: readonly Case[] = [
  ["HTTP from the server", "client", "not-pptp", talks("server"), /The server sent an HTTP request \("GET/],
  ["HTTP from the client", "server", "protocol-error", talks("client"), /The client sent an HTTP request/],
  [
    "one HTTP request and a close",
    "server",
    "protocol-error",
    breaks(opened(), "client", ascii("GET / HTTP/1.1\r\nHost: vpn.example\r\n\r\n")),
    /sent an HTTP request \("GET .*; the server closed/,
  ],
  [
    "a start with another magic cookie",
    "server",
    "protocol-error",
    breaks(opened(), "client", broken("start-control-connection-request", 4, "1a2b3c4e")),
    /cookie 1a2b3c4e instead of 1a2b3c4d in a Start-Control-Connection-Request, 20 ms after it began; the server closed/,
  ],
  [
    "the same octet by octet",
    "server",
    "protocol-error",
    cutShort(),
    /^The client sent the magic cookie 1a2b3c4e instead of 1a2b3c4d in a message where a Start/,
  ],
  [
    "a start whose cookie is in the other byte order",
    "server",
    "protocol-error",
    breaks(opened(), "client", broken("start-control-connection-request", 4, "4d3c2b1a")),
    /4d3c2b1a instead of 1a2b3c4d \(its octets are in reverse order\)/,
  ],
  [
    "a start of a wrong length",
    "server",
    "protocol-error",
    breaks(opened(), "client", broken("start-control-connection-request", 0, "009e")),
    /sent the length 158 instead of 156 in a Start-Control-Connection-Request/,
  ],
  [
    "a reply with another magic cookie",
    "client",
    "not-pptp",
    breaks(asked(), "server", broken("start-control-connection-reply", 4, "1a2b3c4e")),
    /^The server sent the magic cookie 1a2b3c4e .* in a Start-Control-Connection-Reply, 20 ms/,
  ],
  [
    "a management message instead of a call",
    "server",
    "protocol-error",
    breaks(dial().start(), "client", broken("outgoing-call-request", 2, "0002")),
    /sent the PPTP message type 2 instead of 1 in an Outgoing-Call-Request, 20 ms/,
  ],
  [
    "an unknown message instead of a call",
    "server",
    "protocol-error",
    breaks(dial().start(), "client", broken("outgoing-call-request", 8, "0063")),
    /sent the control message type 99, which RFC 2637 does not know, in a message where an Outgoing/,
  ],
  [
    "an unknown message instead of the call's reply",
    "capture",
    "protocol-error",
    breaks(
      dial().start().say("client", controlFixture("outgoing-call-request").message),
      "server",
      broken("outgoing-call-reply", 8, "0063"),
    ),
    /^The server sent the control message type 99.* where an Outgoing-Call-Reply should be/,
  ],
  [
    "half a message where the capture begins is nobody's fault",
    "capture",
    "joined-late",
    (() => {
      const capture = dial();
      capture.tcp.say("client", broken("set-link-info", 0, "0018").subarray(7));
      return capture.say("client", echo).wait(10).say("server", echo);
    })(),
  ],
];

/** Dials that came no further than TCP, the control connection or GRE. */
export const CONTROL_CASES: readonly Case[] = [
  ["a SYN that is answered by RST", "client", "tcp-refused", reset()],
  ["a SYN that nobody answers", "client", "tcp-unanswered", syn(3), /^Nobody answered 3 SYNs/],
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
    dial().start().call().wait(2500).say("client", CLEAR),
    /no GRE packet of either side.*filtered/,
  ],
  [
    "a client that hangs up as soon as it was accepted",
    "server",
    "client-hung-up",
    dial().start().call().wait(200).say("client", CLEAR),
  ],
  [
    "a server whose pppd dies at once",
    "capture",
    "ended-before-ppp",
    dial().start().call().wait(200).fin("server"),
    /^The server sent no GRE packet, and ended the call 200 ms after it had accepted it; the server closed/,
  ],
  [
    "the same, while the client asks already",
    "capture",
    "ended-before-ppp",
    dial().start().call().control("client", "lcp", 1, 1, "01040578").wait(900).say("server", notify(2)),
    /^The server sent no GRE packet, after 1 of the client, and ended/,
  ],
  [
    "the same, and then its kernel refuses GRE",
    "capture",
    "ended-before-ppp",
    unreachable(
      dial()
        .start()
        .call()
        .control("client", "lcp", 1, 1, "01040578")
        .fin("server")
        .control("client", "lcp", 1, 2, "01040578"),
      2,
    ),
  ],
  [
    "a server that hangs up after its own LCP was not answered",
    "server",
    "gre-blocked",
    dial().start().call().control("server", "lcp", 1, 1, "0305c22381").wait(30_000).fin("server"),
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
    unreachable(dial().start().call().control("client", "lcp", 1, 1, "01040578"), 4)
      .wait(9000)
      .say("client", CLEAR),
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
