import { toPeerCallId } from "../../../../server/wire/call-id.ts";
import { ascii } from "../../../support/bytes.ts";
import type { DialCapture, From } from "../../../support/decode/dial-capture.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { type Case, CLEAR, dial, notify } from "./cases.ts";

type Number = keyof typeof WINDOWS_SAYS;

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");

/** A Terminate-Request as Windows writes it. */
const windows = (
  capture: DialCapture,
  from: From,
  number: Number,
  protocol: "lcp" | "ccp" | "ipcp" = "lcp",
): DialCapture => capture.control(from, protocol, 5, 9, hex(WINDOWS_SAYS[number]));

/** With any other number in it. */
const number = (capture: DialCapture, from: From, error: number): DialCapture =>
  capture.control(from, "lcp", 5, 9, `0c6f3548 003ccd74 ${error.toString(16).padStart(8, "0")}`);

const text = (capture: DialCapture, from: From, said: string, identifier = 9): DialCapture =>
  capture.control(from, "lcp", 5, identifier, hex(ascii(said)));

const rras = () => dial().start("Microsoft").call();

/** As a Windows server ends a call, its own call ID in it. */
const SERVER_CLEARS = { type: "call-clear-request", callId: toPeerCallId(200) } as const;

const stop = (reason: number) => ({ type: "stop-control-connection-request", reason }) as const;

/** As pppd's log has it of a server without an address for its client. */
const withoutAddress = () => {
  const capture = rras().lcp().logIn().accept().control("server", "ipcp", 1, 1, "0306 0a4d0001");
  windows(capture, "client", 732, "ccp").control("server", "ccp", 6, 9);
  capture.control("client", "ipcp", 1, 10, "030600000000").control("server", "ipcp", 4, 10, "030600000000");
  windows(capture, "client", 738, "ipcp").control("server", "ipcp", 6, 9);
  return windows(capture, "client", 0).control("server", "lcp", 6, 9);
};

/** Dials that end with a number of Windows'. */
export const NUMBER_CASES: readonly Case[] = [
  [
    "RRAS that hangs up with 691 after the Response, and clears the call",
    "server",
    "bad-credentials",
    windows(rras().lcp().logIn(), "server", 691).say("server", SERVER_CLEARS).fin("server"),
    /^The server refused "alice" without a Failure\. The server sent an LCP Terminate-Request with Windows' error 691 \(wrong user name/,
  ],
  [
    "the same a moment before the capture ends",
    "server",
    "bad-credentials",
    windows(rras().lcp().logIn(), "server", 691),
  ],
  [
    "RRAS that hangs up with 691 after an EAP Identity",
    "server",
    "bad-credentials",
    windows(
      rras()
        .lcp("0304c227")
        .control("server", "eap", 1, 1, "01")
        .control("client", "eap", 2, 1, `01${hex(ascii("anna"))}`),
      "server",
      691,
    ),
    /error 691/,
  ],
  [
    "RRAS whose user may not dial in",
    "client",
    "account-restricted",
    number(rras().lcp().logIn(), "server", 649),
    /error 649 \(the account has no permission to dial in\)/,
  ],
  ["RRAS whose policy forbids it", "client", "auth-refused", number(rras().lcp().logIn(), "server", 812)],
  [
    "RRAS that hangs up with 742 on a client that rejects CCP",
    "server",
    "mppe-refused",
    windows(
      rras()
        .lcp()
        .logIn()
        .accept()
        .control("server", "ccp", 1, 1, "120601000040")
        .control("client", "lcp", 8, 9, "80fd 01010004"),
      "server",
      742,
    ),
    /error 742 \(the other side does not encrypt as it requires\)/,
  ],
  [
    "RRAS that hangs up with 742 before any CCP",
    "server",
    "mppe-refused",
    windows(rras().lcp().logIn().accept(), "server", 742),
  ],
  [
    "RRAS that offers EAP alone, and a client that rejects it",
    "client",
    "auth-method-refused",
    windows(
      rras().control("server", "lcp", 1, 1, "0304c227").control("client", "lcp", 4, 1, "0304c227"),
      "server",
      919,
    ),
    /error 919 \(the other side refuses the configured authentication protocol\)/,
  ],
  [
    "a Windows client that does not believe the Success",
    "client",
    "server-not-proven",
    windows(rras().lcp().logIn().accept("S=00 M=Hi"), "client", 778).say("client", CLEAR),
    /^The client sent an LCP Terminate-Request with Windows' error 778/,
  ],
  [
    "a Windows client that gets no encryption",
    "client",
    "mppe-refused",
    windows(rras().lcp("0304c023").control("client", "pap", 1, 1, "0161 0162"), "client", 742),
  ],
  [
    "a Windows client that gets no address: CCP 732, IPCP 738, LCP 0",
    "client",
    "ipcp-not-agreed",
    withoutAddress(),
    /^The client sent an IPCP Terminate-Request with Windows' error 738 \(it was given no IP address\)/,
  ],
  [
    "a Windows client whose user hangs up",
    "server",
    "client-hung-up",
    windows(dial().up(), "client", 0).say("client", CLEAR),
    /with Windows' error 0 \(no error: its user hung up, or a program did\), after a session of/,
  ],
  [
    "a Windows client whose user hangs up while it dials",
    "server",
    "client-hung-up",
    windows(rras().lcp().logIn().accept(), "client", 0),
  ],
  [
    "a Windows client that finds no compression, and goes on in clear",
    "server",
    "connected",
    windows(rras().lcp().logIn().accept(), "client", 732, "ccp").ipcp(),
  ],
  [
    "the same, whose user hangs up later",
    "server",
    "client-hung-up",
    windows(windows(rras().lcp().logIn().accept(), "client", 732, "ccp").ipcp().wait(9000), "client", 0),
    /error 0/,
  ],
  [
    "a session that RRAS ends since it was idle",
    "client",
    "hung-up-by-server",
    number(dial().up(), "server", 828),
    /error 828 \(the session was idle for too long\), after a session of/,
  ],
  [
    "a number that is not known",
    "client",
    "hung-up-by-server",
    number(rras().lcp().logIn().accept(), "server", 4711),
    /error 4711 \(a number that is not known here\)/,
  ],
];

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
    text(text(dial().up(), "client", "User request").fin("server").wait(3000), "client", "User request"),
    /^The client sent an LCP Terminate-Request saying "User request"/,
  ],
  [
    "Terminate-Requests of both sides that pass each other, the server's first",
    "client",
    "hung-up-by-server",
    text(text(dial().up(), "server", "bye").wait(1), "client", "User request"),
    /^The server .* saying "bye".*\. The client sent an LCP Terminate-Request saying "User request" 1\.0 ms later\.$/,
  ],
  [
    "the same, the client's first",
    "server",
    "client-hung-up",
    text(text(dial().up(), "client", "User request").wait(1), "server", "bye"),
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
    text(text(dial().up(), "client", "MPPE disabled", 2), "client", "MPPE disabled", 3).fin("client"),
    /saying "MPPE disabled", which is pppd's ordinary goodbye/,
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
];
