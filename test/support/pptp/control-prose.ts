import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { CALL_PLACES } from "./control-places.ts";

/** What docs/control-connection.md says of each message before its table. */
export const MESSAGE_PROSE: Readonly<Record<ControlMessage["type"], string>> = {
  "start-control-connection-request":
    "The first message of every client. Version 1.0 is the only one that was ever defined; any other, 1.1 included, is refused with an answer that says which version pacd speaks (§3.1.2).",
  "start-control-connection-reply": "Answers a Start-Control-Connection-Request, which pacd never sends.",
  "stop-control-connection-request": "The client leaves, and all its calls end.",
  "stop-control-connection-reply":
    "Answers the Stop-Control-Connection-Request with which pacd says goodbye when it stops.",
  "echo-request": "Are you there? Answered at once, whatever goes on.",
  "echo-reply":
    "Nothing else ends the wait after an Echo-Request of ours (§3.1.4). Its identifier is not compared: one request is out at most.",
  "outgoing-call-request":
    'How every VPN client dials. pacd answers when the data plane is open for the call, or that there is no place: see "pacd has found a place" and "pacd has no place" below. Two calls with one call ID could not be told apart.',
  "outgoing-call-reply": "From a PAC to a PNS. The client is the PNS, so it has none to send.",
  "incoming-call-request":
    "The client says that a line rings at its side: it would be the PAC, and pacd the PNS. pacd takes no such calls and says so, or the client would wait for the reply (§2.10, §3.2.3.2).",
  "incoming-call-reply":
    "Answers an Incoming-Call-Request, which pacd never sends; without such a call there is no state that it could change (§3.2.3.1).",
  "incoming-call-connected":
    "The third message of an incoming call, whose first one pacd has declined (§3.2.3.2).",
  "call-clear-request":
    "The client hangs up one call, in whatever state that is. The answer carries statistics of a call that was up. While one call lives its ID does not matter: routers rewrite call IDs, not always rightly.",
  "call-disconnect-notify": "From a PAC to a PNS. A client hangs up by Call-Clear-Request.",
  "wan-error-notify":
    "Error counters of a modem line, from a PAC. pacd has no such line and never sends one, which Windows would not expect.",
  "set-link-info":
    "Character maps for asynchronous lines. GRE escapes nothing, so there is nothing to set; it is taken with any call ID. Windows sends one for each end of its LCP.",
};

export const INTRODUCTION = `What pacd answers to every control message of RFC 2637 (TCP port 1723) in every state, and what it does by itself. To look up:
a line of a trace (\`pacctl attempt show\`) or of a capture that puzzles you, or a counter of \`pacctl status\`
(the column "Counted as"; [counters.md](counters.md) says what each means).

pacd is the PAC of the RFC, a client is the PNS. "§" is a section of RFC 2637. An empty cell: nothing happens; under "Next
state": it stays as it is.`;

export const STATE_PROSE: readonly (readonly [string, string])[] = [
  ["waiting", "TCP is open; a Start-Control-Connection-Request must come."],
  ...CALL_PLACES.map(([name, , meaning]) => [name, meaning] as const),
  ["stopping", "pacd has said goodbye to every call and to the connection, and waits for the answer."],
  ["closed", "TCP is closed. pacd no longer reads; what the tables say of it is what the machine would do."],
];

export const ESTABLISHED = `\`established\` stands for all of these but \`waiting\`, \`stopping\` and \`closed\`. An established connection is \`quiet\`, or
\`echo awaited\`: an Echo-Request of pacd is out. Where that makes no difference the tables do not say it. Every message starts
the time of silence anew, but none stands in for an Echo-Reply that is due.`;
