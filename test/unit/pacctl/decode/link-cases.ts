import { fromHex } from "../../../support/bytes.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { type Case, CLEAR, dial, naks, notify } from "./cases.ts";

const echo = controlFixture("echo-request").message;

/** Its last packet is not in the capture. */
function withoutLast(capture: DialCapture): DialCapture {
  capture.packets.pop();
  return capture;
}

/** Dials that came as far as PPP. */
export const LINK_CASES: readonly Case[] = [
  [
    "a server that hears nothing",
    "client",
    "lcp-unanswered",
    dial()
      .start()
      .call()
      .control("client", "lcp", 1, 1, "01040578")
      .control("server", "lcp", 1, 1, "0305c22381")
      .control("client", "lcp", 2, 1, "0305c22381")
      .say("client", CLEAR),
  ],
  [
    "a client that hears nothing",
    "server",
    "lcp-unanswered",
    dial()
      .start()
      .call()
      .control("server", "lcp", 1, 1, "0305c22381")
      .control("client", "lcp", 1, 1, "01040578")
      .control("server", "lcp", 2, 1, "01040578")
      .say("client", CLEAR),
    /though|answered the client's own/,
  ],
  [
    "no agreement on an MRU",
    "server",
    "lcp-not-agreed",
    naks(dial().start().call(), "server", "lcp", "01040040", 5),
    /mru=64/,
  ],
  [
    "LCP that is under way",
    "capture",
    "capture-ended",
    dial().start().call().control("client", "lcp", 1, 1, "").control("server", "lcp", 1, 1, ""),
  ],
  [
    "a challenge without an answer",
    "server",
    "auth-unanswered",
    dial()
      .start()
      .call()
      .lcp()
      .control("server", "chap", 1, 1, `10 ${"00".repeat(16)}`)
      .wait(9000)
      .say("client", CLEAR),
  ],
  [
    "an answer without a word on it",
    "client",
    "auth-unanswered",
    dial().start().call().lcp().logIn().wait(9000).say("client", CLEAR),
  ],
  ["no challenge", "client", "auth-unanswered", dial().start().call().lcp().wait(9000).say("client", CLEAR)],
  [
    "no PAP request",
    "server",
    "auth-unanswered",
    dial().start().call().lcp("0304c023").wait(9000).say("client", CLEAR),
  ],
  [
    "a PAP request that is refused",
    "server",
    "bad-credentials",
    dial()
      .start()
      .call()
      .lcp("0304c023")
      .control("client", "pap", 1, 1, "0161 0162")
      .control("server", "pap", 3, 1, "026e6f"),
    /"a" saying "no"/,
  ],
  [
    "E=691",
    "server",
    "bad-credentials",
    dial().start().call().lcp().logIn().refuse("E=691 R=0 C=AABB V=3 M=Access denied"),
  ],
  ["E=648", "server", "password-expired", dial().start().call().lcp().logIn().refuse("E=648 R=1")],
  ["E=647", "client", "account-restricted", dial().start().call().lcp().logIn().refuse("E=647 R=0")],
  ["E=709", "server", "password-change-refused", dial().start().call().lcp().logIn().refuse("E=709 R=0")],
  ["E=650", "client", "auth-refused", dial().start().call().lcp().logIn().refuse("E=650 R=0")],
  [
    "CCP that the client rejects",
    "server",
    "mppe-refused",
    dial()
      .start()
      .call()
      .lcp()
      .logIn()
      .accept()
      .control("server", "ccp", 1, 1, "120601000040")
      .control("client", "lcp", 8, 9, "80fd 01010004")
      .control("server", "lcp", 5, 9),
  ],
  [
    "CCP that the server rejects",
    "client",
    "mppe-refused",
    dial()
      .start()
      .call()
      .lcp()
      .logIn()
      .accept()
      .control("client", "ccp", 1, 1, "120601000040")
      .control("server", "lcp", 8, 9, "80fd 01010004")
      .control("client", "lcp", 5, 9),
  ],
  [
    "CCP to which the client has no answer",
    "server",
    "mppe-refused",
    dial()
      .start()
      .call()
      .lcp()
      .logIn()
      .accept()
      .control("server", "ccp", 1, 1, "120601000040")
      .wait(9000)
      .say("server", notify(2)),
  ],
  [
    "IPCP without an address for the client",
    "server",
    "ipcp-not-agreed",
    naks(dial().start().call().lcp().logIn().accept().ccp(), "server", "ipcp", "0306c0a80001", 5),
    /address=192\.168\.0\.1/,
  ],
  [
    "IPCP that the client rejects",
    "server",
    "ipcp-not-agreed",
    dial()
      .start()
      .call()
      .lcp()
      .logIn()
      .accept()
      .ccp()
      .control("server", "ipcp", 1, 1, "03060a4d0001")
      .control("client", "lcp", 8, 9, "8021 01010004"),
  ],
  [
    "IPCP to which the client has no answer",
    "server",
    "ipcp-unanswered",
    dial()
      .start()
      .call()
      .lcp()
      .logIn()
      .accept()
      .ccp()
      .control("server", "ipcp", 1, 1, "03060a4d0001")
      .wait(9000)
      .say("client", CLEAR),
  ],
  [
    "IPCP to which the server has no answer",
    "client",
    "ipcp-unanswered",
    dial()
      .start()
      .call()
      .lcp()
      .logIn()
      .accept()
      .ccp()
      .control("client", "ipcp", 1, 1, "030600000000")
      .wait(9000)
      .say("client", CLEAR),
  ],
  [
    "a link that ends while it is negotiated",
    "client",
    "hung-up-by-server",
    dial().start().call().lcp().logIn().accept().control("server", "lcp", 5, 9, "6e6f"),
    /Terminate-Request saying "no"/,
  ],
  ["a session that goes on", "server", "connected", dial().up()],
  [
    "IPCP whose last Ack is not in the capture, and users' packets both ways",
    "server",
    "connected",
    ["client", "server"].reduce(
      (c, from) => c.data(from as "client", fromHex("45")),
      withoutLast(dial().up()),
    ),
  ],
  ["a client that says goodbye", "server", "client-hung-up", dial().up().control("client", "lcp", 5, 9)],
  [
    "a server that says goodbye",
    "client",
    "hung-up-by-server",
    dial().up().say("server", notify(3, "idle")),
    /result 3\(admin-shutdown\), error 0\(none\), cause 0: "idle"/,
  ],
  [
    "a client that stops the control connection",
    "server",
    "client-hung-up",
    dial().up().say("client", { type: "stop-control-connection-request", reason: 1 }),
  ],
  ["a client that resets TCP", "server", "control-lost", dial().up().reset("client")],
  ["a server that closes TCP", "client", "connection-lost", dial().up().fin("server")],
  [
    "a client that answers no echo",
    "server",
    "link-lost",
    [9, 10, 11].reduce((c, id) => c.wait(20_000).control("server", "lcp", 9, id, "11111111"), dial().up()),
  ],
  [
    "a server that answers no echo",
    "client",
    "link-lost",
    [9, 10, 11].reduce((c, id) => c.wait(20_000).control("client", "lcp", 9, id, "22222222"), dial().up()),
  ],
  [
    "encrypted packets and nothing before them",
    "capture",
    "joined-late",
    [0, 1, 2].reduce((c) => c.ppp("client", fromHex("fd 9005 aabbccdd")), dial()),
  ],
  [
    "echoes on a control connection and nothing before them",
    "capture",
    "joined-late",
    dial().say("client", echo).wait(10).say("server", echo),
  ],
];
