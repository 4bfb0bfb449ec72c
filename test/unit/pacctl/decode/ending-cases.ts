import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { type Case, CLEAR, dial, notify, SERVER_CLEARS, terminate } from "./cases.ts";

const opened = () => {
  const capture = dial();
  capture.tcp.open();
  return capture;
};

const stop = (reason: number) => ({ type: "stop-control-connection-request", reason }) as const;

const MINE = /The client sent a Call-Clear-Request/;

/** Calls that both sides had a part in ending. */
export const ORDER_CASES: readonly Case[] = [
  [
    "a server's FIN, and then the client's",
    "client",
    "connection-lost",
    dial().up().fin("server").wait(5).fin("client"),
    /^The server closed the control connection without a goodbye/,
  ],
  [
    "a client's FIN, and then the server's",
    "server",
    "control-lost",
    dial().up().fin("client").wait(5).fin("server"),
    /^The client closed/,
  ],
  [
    "a server's FIN, and then the client's RST",
    "client",
    "connection-lost",
    dial().up().fin("server").wait(5).reset("client"),
    /^The server closed/,
  ],
  [
    "a server's Call-Disconnect-Notify, and then the client's Call-Clear-Request",
    "client",
    "hung-up-by-server",
    dial()
      .up()
      .say("server", { ...notify(1, "in 5 out 6"), cause: 16 })
      .wait(12)
      .say("client", CLEAR),
    /^The server sent a Call-Disconnect-Notify with result 1\(lost-carrier\), error 0\(none\), cause 16: "in 5 out 6", after a session of .*\. The client sent a Call-Clear-Request 12 ms later\.$/,
  ],
  [
    "a client's Call-Clear-Request that the server answers",
    "server",
    "client-hung-up",
    dial().up().say("client", CLEAR).wait(12).say("server", notify(4, "in 5 out 6")),
    /^The client sent a Call-Clear-Request, .*\. The server's Call-Disconnect-Notify 12 ms later has result 4\(request\), error 0\(none\), cause 0: "in 5 out 6"\.$/,
  ],
  [
    "a server's own Call-Clear-Request",
    "client",
    "hung-up-by-server",
    dial().up().say("server", SERVER_CLEARS).wait(3).say("client", stop(1)),
    /^The server sent a Call-Clear-Request, .*\. The client sent a Stop-Control-Connection-Request with reason 1\(general\) 3\.0 ms later\.$/,
  ],
  [
    "a server's Stop-Control-Connection-Request, and the client's FIN",
    "client",
    "hung-up-by-server",
    dial().up().say("server", stop(3)).fin("client").fin("server"),
    /^The server sent a Stop-Control-Connection-Request with reason 3\(local-shutdown\)/,
  ],
  [
    "a client's FIN, and its goodbye all the same",
    "server",
    "client-hung-up",
    dial().up().fin("client").wait(20).control("client", "lcp", 5, 9),
    /^The client sent an LCP Terminate-Request without a reason/,
  ],
  [
    "a client's Terminate-Request that is sent again when the server has closed",
    "server",
    "client-hung-up",
    terminate(
      terminate(dial().up(), "client", "User request").fin("server").wait(3000),
      "client",
      "User request",
    ),
    /^The client sent an LCP Terminate-Request saying "User request"/,
  ],
  [
    "Terminate-Requests of both sides that pass each other, the server's first",
    "client",
    "hung-up-by-server",
    terminate(terminate(dial().up(), "server", "bye").wait(1), "client", "User request"),
    /^The server .* saying "bye".*\. The client sent an LCP Terminate-Request saying "User request" 1\.0 ms later\.$/,
  ],
  [
    "the same, the client's first",
    "server",
    "client-hung-up",
    terminate(terminate(dial().up(), "client", "User request").wait(1), "server", "bye"),
  ],
  [
    "IPCP that the server ends, and a client that hangs up over it",
    "client",
    "hung-up-by-server",
    dial().up().control("server", "ipcp", 5, 7).wait(9).control("client", "lcp", 5, 9),
    /^The server sent an IPCP Terminate-Request/,
  ],
  [
    "CCP that the server ends, and a session that goes on for minutes",
    "server",
    "client-hung-up",
    dial().up().control("server", "ccp", 5, 7).wait(90_000).say("client", CLEAR),
    MINE,
  ],
  [
    "pppd's ordinary goodbye",
    "server",
    "client-hung-up",
    terminate(terminate(dial().up(), "client", "MPPE disabled", 2), "client", "MPPE disabled", 3).fin(
      "client",
    ),
    /saying "MPPE disabled" \(pppd's ordinary goodbye\)/,
  ],
  [
    "pppd that hangs up since the log-in gives no keys",
    "server",
    "mppe-refused",
    terminate(
      dial().start("linux").call().lcp().logIn().accept(),
      "server",
      "MPPE required but peer refused",
    ),
    /saying "MPPE required but peer refused"/,
  ],
  [
    "a link that one side terminates and negotiates anew",
    "server",
    "connected",
    dial()
      .up()
      .control("server", "lcp", 5, 9)
      .control("client", "lcp", 6, 9)
      .lcp()
      .logIn()
      .accept()
      .ccp()
      .ipcp(),
  ],
  [
    "a server that closes before anything is asked of it",
    "capture",
    "no-call",
    opened().fin("server"),
    /^No PPTP message was sent; the server closed the control connection without a goodbye, /,
  ],
  [
    "a server that stops the control connection before the client has asked for a call",
    "client",
    "hung-up-by-server",
    dial().start().say("server", stop(2)).fin("client"),
    /^The server sent a Stop-Control-Connection-Request with reason 2\(bad-version\)/,
  ],
  [
    "a server that resets TCP instead of an answer",
    "client",
    "start-unanswered",
    opened().say("client", controlFixture("start-control-connection-request").message).reset("server"),
    /; the server reset the control connection/,
  ],
];
