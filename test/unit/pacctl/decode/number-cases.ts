import { ascii } from "../../../support/bytes.ts";
import type { DialCapture, From } from "../../../support/decode/dial-capture.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { type Case, CLEAR, dial, hex, SERVER_CLEARS, terminate } from "./cases.ts";

/** A Terminate-Request as Windows writes it. */
const windows = (
  capture: DialCapture,
  from: From,
  number: keyof typeof WINDOWS_SAYS,
  protocol: "lcp" | "ccp" | "ipcp" = "lcp",
): DialCapture => capture.control(from, protocol, 5, 9, hex(WINDOWS_SAYS[number]));

/** With any other number in it. */
const number = (capture: DialCapture, from: From, error: number): DialCapture =>
  capture.control(from, "lcp", 5, 9, `0c6f3548 003ccd74 ${error.toString(16).padStart(8, "0")}`);

const rras = () => dial().start("Microsoft").call();

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
  [
    "a Failure of 691, and a number that says more",
    "client",
    "account-restricted",
    number(rras().lcp().logIn().refuse("E=691 R=0 V=3"), "server", 647),
    /^The server refused "alice" saying "E=691 R=0 V=3"\. The server sent .* error 647 \(the account is disabled\)/,
  ],
  [
    "a Failure of 691, and the same number",
    "server",
    "bad-credentials",
    number(rras().lcp().logIn().refuse("E=691 R=0 V=3"), "server", 691),
  ],
  [
    "RRAS that says 691 although it sent a Success",
    "client",
    "auth-refused",
    windows(rras().lcp().logIn().accept(), "server", 691),
    /^The server had let "alice" in by its Success\. The server sent an LCP/,
  ],
  [
    "a client that hangs up by the same number as the Failure",
    "server",
    "bad-credentials",
    number(rras().lcp().logIn().refuse("E=691 R=0 V=3"), "client", 691),
  ],
  [
    "a server that hangs up at once after the Response, and says nothing",
    "client",
    "hung-up-by-server",
    terminate(rras().lcp().logIn(), "server", ""),
  ],
  [
    "a server that hangs up long after the Response",
    "client",
    "auth-unanswered",
    terminate(rras().lcp().logIn().wait(30_000), "server", "timeout"),
  ],
  [
    "a Windows client whose user hangs up at the Challenge",
    "server",
    "client-hung-up",
    windows(
      rras()
        .lcp()
        .control("server", "chap", 1, 7, `10${"c1".repeat(16)}`),
      "client",
      0,
    ),
  ],
  [
    "a Windows client whose user hangs up while CCP is negotiated",
    "server",
    "client-hung-up",
    windows(rras().lcp().logIn().accept().control("server", "ccp", 1, 1, "120601000040"), "client", 0),
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
    /with Windows' error 0 \(none; its user hung up, or a program did\), after a session of/,
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
