import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes, fromHex } from "../../../support/bytes.ts";
import { CLIENT, ipv4 } from "../../../support/capture/frames.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { type Case, CLEAR, dial, notify } from "./cases.ts";

const echo = controlFixture("echo-request").message;
const SLI = controlFixture("set-link-info").message as Extract<typeof echo, { type: "set-link-info" }>;

/** ICMP from a router about the client's GRE. */
const unreachable = (capture: DialCapture, code: number, source = "203.0.113.254"): DialCapture => {
  const quoted = ipv4({ protocol: 47 }, capture.gre("client", fromHex("c021 01010004"), 0));
  const error = concat(Uint8Array.of(3, code, 0, 0, 0, 0, 0, 0), quoted);
  capture.add(ipv4({ protocol: 1, source, destination: CLIENT }, error));
  return capture;
};

/** Dials whose call was accepted, and that came no further than GRE. */
export const GRE_CASES: readonly Case[] = [
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
    /^Neither side sent a GRE packet, and the server ended the call 200 ms after it had accepted it; the server closed.*filtered by port alone/,
  ],
  [
    "the same, while the client asks already",
    "capture",
    "ended-before-ppp",
    dial().start().call().control("client", "lcp", 1, 1, "01040578").wait(900).say("server", notify(2)),
    /^The client sent 1 GRE packet, the server none, and the server ended/,
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
    "the same, and its kernel is faster",
    "capture",
    "ended-before-ppp",
    unreachable(dial().start().call().control("client", "lcp", 1, 1, "01040578"), 2, "192.0.2.1")
      .wait(1)
      .reset("server"),
  ],
  [
    "a server whose pppd dies behind its first request",
    "client",
    "hung-up-by-server",
    dial()
      .start()
      .call()
      .control("server", "lcp", 1, 1, "0305c22381")
      .control("client", "lcp", 1, 1, "01040578")
      .wait(700)
      .say("server", notify(2)),
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
