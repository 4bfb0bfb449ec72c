import type { DialCapture } from "../../../support/decode/dial-capture.ts";
import { type Case, CLEAR, dial, naks, notify } from "./cases.ts";

const EAP = "0304c227";
const V2 = "0305c22381";
const PAP = "0304c023";
const CALLBACK = "0d0306";

/** A called dial in which LCP is to follow. */
const called = (): DialCapture => dial().start("Microsoft").call();

/** One side asks in LCP, and the other says no: 3 is a Nak with something else, 4 a Reject. */
const asks = (
  capture: DialCapture,
  from: "client" | "server",
  option: string,
  code: 3 | 4,
  answer = option,
  id = 1,
): DialCapture =>
  capture
    .control(from, "lcp", 1, id, option)
    .control(from === "client" ? "server" : "client", "lcp", code, id, answer);

/** Who could not agree on how one of them logs in. */
export const METHOD_CASES: readonly Case[] = [
  [
    "a client that wants no MS-CHAPv2",
    "server",
    "auth-protocol-refused",
    naks(called(), "client", "lcp", V2, 5),
    /^The server offered MS-CHAPv2 \(auth=ms-chap-v2\) alone; the client refused it 5 times and named no other/,
  ],
  [
    "MS-CHAPv2, and a client that wants EAP",
    "server",
    "auth-protocol-refused",
    asks(called(), "server", V2, 3, EAP).control("server", "lcp", 5, 2, ""),
    /MS-CHAPv2 \(auth=ms-chap-v2\) alone; the client wanted EAP \(auth=eap\) instead \(Configure-Nak\); the server sent/,
  ],
  [
    "EAP alone, and a client that wants MS-CHAPv2",
    "client",
    "auth-method-refused",
    asks(asks(called(), "server", EAP, 3, V2), "server", EAP, 3, V2, 2).control("server", "lcp", 5, 3, ""),
    /^The server offered EAP \(auth=eap\) alone; the client wanted MS-CHAPv2 \(auth=ms-chap-v2\) instead \(Configure-Nak\), and was asked for it again; the server sent/,
  ],
  [
    "EAP alone, asked for again after the Nak, and then nothing",
    "client",
    "auth-method-refused",
    asks(called(), "server", EAP, 3, V2).control("server", "lcp", 1, 2, EAP).say("client", CLEAR),
    /wanted MS-CHAPv2/,
  ],
  [
    "EAP alone, rejected",
    "client",
    "auth-method-refused",
    asks(called(), "server", EAP, 4).say("server", notify(2)),
    /offered EAP \(auth=eap\) alone; the client refused it and named no other \(Configure-Reject\)/,
  ],
  [
    "EAP alone, rejected, and a capture that lacks the request",
    "client",
    "auth-method-refused",
    called()
      .control("client", "lcp", 1, 1, "01040578")
      .control("server", "lcp", 2, 1, "01040578")
      .control("client", "lcp", 4, 1, EAP)
      .say("server", notify(2)),
    /offered EAP \(auth=eap\) alone; the client refused it/,
  ],
  [
    "EAP alone, and a client that names two others",
    "client",
    "auth-method-refused",
    asks(called(), "server", EAP, 3, `${V2} ${PAP}`).say("server", notify(2)),
    /wanted MS-CHAPv2 \(auth=ms-chap-v2\) or PAP \(auth=pap\) instead/,
  ],
  [
    "EAP, rejected together with callback",
    "client",
    "auth-method-refused",
    asks(called(), "server", `${EAP} ${CALLBACK}`, 4).say("server", notify(2)),
    /^((?!callback).)*$/,
  ],
  [
    "PAP, then CHAP-MD5, and a client that wants MS-CHAPv2",
    "client",
    "auth-method-refused",
    asks(asks(called(), "server", PAP, 3, V2), "server", "0305c22305", 3, V2, 2).say("client", CLEAR),
    /offered PAP \(auth=pap\), then CHAP-MD5 \(auth=chap-md5\); the client wanted MS-CHAPv2/,
  ],
  [
    "EAP first, then MS-CHAPv2, and a client that wants SPAP",
    "server",
    "auth-protocol-refused",
    asks(asks(called(), "server", EAP, 3, V2), "server", V2, 3, "0304c027", 2).say("client", CLEAR),
    /the client wanted SPAP \(auth=c027\) instead/,
  ],
  [
    "EAP first, then MS-CHAPv2, as Windows offers it, which the client takes",
    "client",
    "auth-unanswered",
    asks(called(), "server", EAP, 3, V2).lcp(V2).wait(9000).say("client", CLEAR),
  ],
  [
    "an option rejected, dropped, and a server that hangs up over it",
    "client",
    "auth-method-refused",
    asks(called(), "server", EAP, 4).lcp("").control("server", "lcp", 5, 9, ""),
    /offered EAP/,
  ],
  [
    "an option rejected, dropped, and a server that lets the client in all the same",
    "server",
    "connected",
    asks(called(), "server", EAP, 4).lcp("").ipcp(),
  ],
  [
    "a client that wants the server to log in, which refuses, and LCP opens without",
    "capture",
    "log-in-of-server-demanded",
    asks(called(), "client", EAP, 4).lcp(V2).control("client", "lcp", 5, 9, "6e6f"),
    /^The client demanded that the server log in by EAP \(auth=eap\) alone; the server refused it/,
  ],
  [
    "a client that wants the server to log in, again and again",
    "capture",
    "log-in-of-server-demanded",
    naks(called(), "server", "lcp", V2, 5),
  ],
  [
    "callback that the client wants, and that the server rejects",
    "server",
    "lcp-not-agreed",
    asks(called(), "client", CALLBACK, 4).say("client", CLEAR),
    /^No agreement on what the client asked for: callback/,
  ],
  [
    "callback that the server wants, and that the client rejects",
    "client",
    "lcp-not-agreed",
    asks(called(), "server", `${V2} ${CALLBACK}`, 4, CALLBACK).say("server", notify(2)),
    /^No agreement on what the server asked for: callback=cbcp/,
  ],
  [
    "callback that the server wants, and a client that rejects it and hangs up for a reason of its own",
    "server",
    "client-hung-up",
    asks(called(), "server", `${V2} ${CALLBACK}`, 4, CALLBACK).say("client", CLEAR),
  ],
  [
    "callback that is rejected, and MS-CHAPv2 that is acknowledged",
    "server",
    "connected",
    asks(called(), "client", CALLBACK, 4).lcp().logIn().accept().ccp().ipcp(),
  ],
  [
    "MS-CHAPv2 that is acknowledged after a Nak, and callback that the server rejects at the end",
    "server",
    "lcp-not-agreed",
    asks(
      asks(called(), "server", EAP, 3, V2)
        .control("server", "lcp", 1, 2, V2)
        .control("client", "lcp", 2, 2, V2),
      "client",
      CALLBACK,
      4,
    ).say("client", CLEAR),
    /callback/,
  ],
];
