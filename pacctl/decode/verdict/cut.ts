import type { JudgedCall } from "../call-facts.ts";
import { opposite } from "../side.ts";
import { asCapture, type Judgement } from "./judgement.ts";

/**
 * Instead of a judgement that hangs on something which the capture cut away: with it the cause might be
 * another one. Undefined: the judgement stands.
 */
export function judgeCut(call: JudgedCall, { code }: Judgement): Judgement | undefined {
  // What TCP alone shows: its header is there, or there is no call.
  if (code === "tcp-refused" || code === "tcp-unreachable") return undefined;
  const missing =
    code === "tcp-unanswered"
      ? error(call)
      : call.link.logIn.outcome === "refused"
        ? reason(call)
        : (control(call) ?? breach(call) ?? link(call));
  return missing === undefined ? undefined : asCapture("packets-cut", `The capture cut away ${missing}.`);
}

/** Ours: a call that goes on for so long, in nanoseconds, was not ended before. */
const WENT_ON = 10e9;

/**
 * May a message at this time, of which nothing is known but its length, have been the first to end the call?
 */
function mayHaveEnded({ facts }: JudgedCall, at: number): boolean {
  const { endings, greHeardAt } = facts;
  if (endings.first !== undefined && endings.first.at < at) return false;
  return Math.min(greHeardAt.client, greHeardAt.server) < at + WENT_ON;
}

/** What was said of the log-in, or at the end instead. */
function reason({ facts, link }: JudgedCall): string | undefined {
  const { cut, method } = link.logIn;
  if (cut.failure) return "why the server refused the log-in";
  if (cut.eap > 0 && method === "eap") return "what was said in EAP";
  // Behind a Failure that is whole, a number may say more, and a text does not.
  const isNumber = link.logIn.outcome === "refused";
  const goodbye = facts.endings.all.find(
    (one) => one.kind === "terminate" && (isNumber ? one.cut === "number" : one.cut !== undefined),
  );
  return goodbye === undefined ? undefined : `why the ${goodbye.from} sent a Terminate-Request`;
}

/** ICMP would say why nothing came back. */
const error = ({ facts }: JudgedCall): string | undefined =>
  facts.icmpCut ? "what an ICMP error is about" : undefined;

function control(call: JudgedCall): string | undefined {
  const { facts } = call;
  const { gre, control } = facts;
  if (gre.client === 0 || gre.server === 0) {
    const hidden = error(call);
    if (hidden !== undefined) return hidden;
  }
  const { startReply, callReply, callRequest, unread, unreadEnds, linkInfoCut } = control;
  if (gre.client + gre.server === 0) {
    if (callReply !== undefined && callReply.result === undefined)
      return "the result of the Outgoing-Call-Reply";
    if (
      startReply !== undefined &&
      startReply.result === undefined &&
      !callRequest &&
      callReply === undefined
    )
      return "the result of the Start-Control-Connection-Reply";
    if (unread.client + unread.server > 0)
      return `which messages ${unread.client + unread.server} octets of the control connection are`;
    if (linkInfoCut) return "the character maps of the Set-Link-Info, which show whether LCP was open";
  }
  if (unread.client + unread.server > 0 && callReply === undefined && (gre.client === 0 || gre.server === 0))
    return "whether a call was placed and accepted";
  return unreadEnds.some((at) => mayHaveEnded(call, at))
    ? "messages of the control connection that may have ended the call"
    : undefined;
}

/** Ours: a side that closes over what is no message does so within so many nanoseconds. */
const CLOSES_AT_ONCE = 2e9;

/** A side that closes without a word may do so over what the other has just sent. */
function breach({ facts: { endings, control: seen } }: JudgedCall): string | undefined {
  const { first } = endings;
  if (first === undefined || (first.kind !== "fin" && first.kind !== "reset")) return undefined;
  const other = opposite(first.from);
  const since = first.at - seen.unreadAt[other];
  return since >= 0 && since <= CLOSES_AT_ONCE
    ? `what the ${other} sent right before the ${first.from} closed`
    : undefined;
}

function link(call: JudgedCall): string | undefined {
  const { facts, link: watch } = call;
  const { lcp, ccp, ipcp, logIn, cut, up } = watch;
  const unread = facts.unreadFrames.client + facts.unreadFrames.server + cut.codes;
  if (unread > 0) return `what ${unread} GRE packets carry`;
  if (up) return undefined;
  const said = reason(call);
  if (said !== undefined) return said;
  if (cut.rejects > 0) return "which protocol an LCP Protocol-Reject is about";
  for (const { sides, opened } of [lcp, ccp, ipcp])
    for (const side of [sides.client, sides.server])
      if (!opened && side.refused > 0 && (side.refusedCut || side.askedCut))
        return "which options were refused";
  const { client, server } = lcp.sides;
  const anything = logIn.method !== undefined || ccp.begun || ipcp.begun;
  if (lcp.opened && !anything && (client.agreedCut || server.agreedCut)) return "how the client is to log in";
  return undefined;
}
