import { fromHex } from "../../../support/bytes.ts";
import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { type Case, CLEAR, dial, notify } from "./cases.ts";

/** A dial in which LCP agreed on EAP. */
const byEap = (): DialCapture => dial().start("Microsoft").call().lcp("0304c227");

/** A wrong password, another try that the server allowed, and a session. */
const rightAtSecond = (): DialCapture =>
  byEap()
    .identity()
    .eapLogIn("alice", "wrong")
    .eapAnswer(4, "E=691 R=1")
    .eapLogIn()
    .eapAnswer(3)
    .eap("server", 3, 4)
    .ccp()
    .ipcp();

/** One of its packets is not in the capture. */
function without(at: number, capture: DialCapture): DialCapture {
  capture.packets.splice(at, 1);
  return capture;
}

/** What comes of a log-in by EAP. */
export const EAP_CASES: readonly Case[] = [
  [
    "a log-in under way",
    "capture",
    "capture-ended",
    byEap().identity(),
    /Response of the client \(Identity\) as "alice"/,
  ],
  [
    "no Identity",
    "server",
    "auth-unanswered",
    byEap().eap("server", 1, 1, 1).wait(3000).eap("server", 1, 1, 1).wait(9000).say("server", notify(2)),
    /did not answer the server's EAP Request \(Identity\) that it sent 2 times; the server sent/,
  ],
  [
    "an Identity without a word on it",
    "client",
    "auth-unanswered",
    byEap().identity("CORP\\anna").wait(9000).say("client", CLEAR),
    /said nothing to the client's EAP Response \(Identity\) as "CORP\\anna"/,
  ],
  [
    "no Identity, and a capture that lacks an Ack of LCP",
    "server",
    "auth-unanswered",
    without(8, byEap().eap("server", 1, 1, 1).wait(9000).say("server", notify(2))),
  ],
  [
    "EAP-MSCHAPv2 with E=691, and a second try whose Success is not in the capture",
    "server",
    "connected",
    without(21, rightAtSecond()),
  ],
  [
    "no EAP packet",
    "client",
    "auth-unanswered",
    byEap().wait(9000).say("client", CLEAR),
    /sent no EAP Request/,
  ],
  [
    "a Failure after the Identity",
    "client",
    "auth-refused",
    byEap().identity("anna").eap("server", 4, 2),
    /^The server refused "anna" by EAP Failure, after its Identity, without a method\.$/,
  ],
  [
    "a Failure after EAP-TLS",
    "client",
    "auth-refused",
    byEap()
      .identity("anna")
      .eap("server", 1, 2, 13, fromHex("20"))
      .eap("client", 2, 2, 13, fromHex("00"))
      .eap("server", 4, 2),
    /^The server refused "anna" by EAP Failure, after EAP-TLS\.$/,
  ],
  [
    "a client that does not trust the server's certificate",
    "capture",
    "eap-tls-refused",
    byEap()
      .identity("anna")
      .eap("server", 1, 2, 25, fromHex("20"))
      .eap("client", 2, 2, 25, fromHex("00 15 0301 0002 0230"))
      .eap("server", 4, 2),
    /^During PEAP of the client as "anna" the client sent the TLS alert unknown_ca, and the server sent EAP Failure\.$/,
  ],
  [
    "a server that refuses the client's certificate, and a client that hangs up",
    "capture",
    "eap-tls-refused",
    byEap()
      .identity("anna")
      .eap("client", 2, 2, 13, fromHex("00"))
      .eap("server", 1, 3, 13, fromHex("80 00000007 15 0303 0002 022d"))
      .control("client", "lcp", 5, 9, ""),
    /^During EAP-TLS of the client as "anna" the server sent the TLS alert certificate_expired; the client sent/,
  ],
  [
    "a Failure after EAP-MD5",
    "server",
    "bad-credentials",
    byEap()
      .identity("anna")
      .eap("server", 1, 2, 4, fromHex(`10${"aa".repeat(16)}`))
      .eap("client", 2, 2, 4, fromHex(`10${"bb".repeat(16)}`))
      .eap("server", 4, 2),
    /^The server refused "anna" by EAP Failure, after EAP-MD5\.$/,
  ],
  [
    "a Nak to which the server has no answer but Failure",
    "capture",
    "no-common-eap-method",
    byEap()
      .identity("anna")
      .eap("server", 1, 2, 13, fromHex("20"))
      .eap("client", 2, 2, 3, Uint8Array.of(26, 25))
      .eap("server", 4, 2),
    /^The server proposed EAP-TLS; the client as "anna" refused and wanted EAP-MSCHAPv2 or PEAP \(EAP Nak\), and the server sent EAP Failure\.$/,
  ],
  [
    "a Nak that wants nothing",
    "capture",
    "no-common-eap-method",
    byEap()
      .identity("anna")
      .eap("server", 1, 2, 4, fromHex("00"))
      .eap("client", 2, 2, 3, Uint8Array.of(0))
      .say("client", CLEAR),
    /wanted none in its place \(EAP Nak\); the client sent a Call-Clear/,
  ],
  [
    "a Nak that the server follows",
    "server",
    "connected",
    byEap()
      .identity()
      .eap("server", 1, 9, 13, fromHex("20"))
      .eap("client", 2, 9, 3, Uint8Array.of(26))
      .eapLogIn()
      .eapAnswer(3)
      .eap("server", 3, 4)
      .ccp()
      .ipcp(),
  ],
  [
    "a client that hangs up over EAP-TLS",
    "server",
    "client-hung-up",
    byEap().identity("anna").eap("server", 1, 2, 25, fromHex("20")).control("client", "lcp", 5, 9, ""),
    /had come as far as an EAP Request of the server \(PEAP\) as "anna"/,
  ],
  [
    "EAP-MSCHAPv2 with E=691",
    "server",
    "bad-credentials",
    byEap()
      .identity()
      .eapLogIn()
      .eapAnswer(4, `E=691 R=0 C=${"00".repeat(16)} V=3 M=No`)
      .eap("server", 4, 4),
    /refused "alice" by EAP-MSCHAPv2, saying "E=691 R=0 C=\(32 characters\) V=3 M=No"/,
  ],
  [
    "EAP-MSCHAPv2 with E=647",
    "client",
    "account-restricted",
    byEap().identity().eapLogIn().eapAnswer(4, "E=647 R=0"),
  ],
  [
    "EAP-MSCHAPv2 with Failure alone, as of Windows XP",
    "server",
    "bad-credentials",
    byEap().identity().eapLogIn().eap("server", 4, 3),
    /^The server refused "alice" by EAP Failure, after EAP-MSCHAPv2\.$/,
  ],
  [
    "EAP-MSCHAPv2 under another name than the Identity, and Failure alone",
    "server",
    "bad-credentials",
    byEap().identity("anna@corp").eapLogIn("anna").eap("server", 4, 3),
    /^The server refused "anna" \(Identity "anna@corp"\) by EAP Failure, after EAP-MSCHAPv2\.$/,
  ],
  [
    "a client that gives up at once, without a word in PPP",
    "server",
    "client-hung-up",
    byEap().identity("anna").eap("server", 1, 2, 13, fromHex("20")).wait(300).say("client", CLEAR),
    /^The client sent a Call-Clear-Request, .* The log-in had come as far as an EAP Request of the server \(EAP-TLS\)/,
  ],
  ["EAP-MSCHAPv2 with E=691 and a second try that is right", "server", "connected", rightAtSecond()],
  [
    "EAP that succeeds, and a client without MPPE",
    "client",
    "mppe-refused",
    byEap()
      .identity()
      .eapLogIn()
      .eapAnswer(3)
      .eap("server", 3, 4)
      .control("client", "ccp", 1, 1, "120601000040")
      .control("server", "lcp", 8, 9, "80fd 01010004"),
  ],
];
