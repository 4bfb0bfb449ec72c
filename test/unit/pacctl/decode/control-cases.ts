import { encodeMessage } from "../../../../server/pptp/messages/codec.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { type Case, CLEAR, dial } from "./cases.ts";

const echo = controlFixture("echo-request").message;

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

/** What is no message in a session that is up. */
export const BREACH_CASES: readonly Case[] = [
  [
    "a wrong magic cookie in a session, over which the server closes",
    "server",
    "protocol-error",
    breaks(dial().up().wait(5000), "client", broken("set-link-info", 4, "1a2b3c4e")),
    /^The client sent the magic cookie 1a2b3c4e .* in a Set-Link-Info, 5\.0 s after it began; the server closed/,
  ],
  [
    "a wrong magic cookie in a session that goes on for long, until its goodbye",
    "server",
    "client-hung-up",
    (() => {
      const capture = dial().up().wait(20);
      capture.tcp.say("client", broken("set-link-info", 4, "1a2b3c4e"));
      return capture.wait(60_000).say("client", CLEAR);
    })(),
  ],
];

/** Dials that came no further than TCP or the control connection. */
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
];
