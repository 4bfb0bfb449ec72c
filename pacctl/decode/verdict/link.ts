import { ipcp } from "../../../server/ppp/ipcp/ipcp.ts";
import { lcp } from "../../../server/ppp/lcp/lcp.ts";
import type { Options } from "../../../server/ppp/negotiation/protocol.ts";
import type { RawOption } from "../../../server/ppp/option-list.ts";
import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { NegotiationWatch } from "../link/negotiation-watch.ts";
import { endingClause, judgeEnding } from "./ending.ts";
import { asCapture, asClient, asServer, endOfSession, type Judgement } from "./judgement.ts";
import { judgeLogIn } from "./log-in.ts";
import { judgeMethods, REFUSALS } from "./methods.ts";
import { judgeSilence } from "./silence.ts";
import { isUpOneWay } from "./uncaptured.ts";
import { hungUpAtOnce, timedOut, type Waiting } from "./waiting.ts";

/** Why a link came no further; undefined: the session was up. */
export function judgeLink(call: JudgedCall, waiting: Waiting, now: number): Judgement | undefined {
  const { link } = call;
  if (link.logIn.outcome === "refused") return judgeLogIn(call, waiting);
  if (link.up || isUpOneWay(call) || usersPass(call)) return undefined;
  const end = judgeEnding(call);
  if (!link.lcp.begun && !link.ipcp.begun && link.logIn.responses === 0) return joinedLate(call, end);
  return (
    judgeMethods(call, waiting) ??
    (link.lcp.opened || logInBegan(call) || link.ccp.begun ? undefined : judgeLcp(call, waiting)) ??
    judgeLogIn(call, waiting) ??
    judgeCcp(call, waiting) ??
    judgeIpcp(call, waiting) ??
    end ??
    (waiting.over
      ? judgeSilence(call, now, "The link was still being negotiated. ")
      : asCapture("capture-ended", "The link was still being negotiated."))
  );
}

/** LCP has opened, whatever of it the capture lacks. */
const logInBegan = ({ link: { logIn } }: JudgedCall): boolean =>
  logIn.challenges + logIn.responses + logIn.eap.requests > 0;

/** Users' packets of both sides show that IPCP opened, where the capture lacks the end of it. */
const usersPass = ({ facts: { passed } }: JudgedCall): boolean => passed.client > 0 && passed.server > 0;

/** Packets pass, but no negotiation is in the capture. */
function joinedLate(call: JudgedCall, end: Judgement | undefined): Judgement {
  const { encrypted, clear } = call.facts;
  const passed = `${encrypted} encrypted packets and ${clear} in clear, and no negotiation before them.`;
  return end === undefined ? asCapture("joined-late", passed) : endOfSession(end);
}

function judgeLcp(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { client, server } = call.link.lcp.sides;
  // A server waits longer for an answer: its pppd has ended for another reason.
  const isGone = hungUpAtOnce(call) && call.facts.endings.first?.from === "server";
  if (server.requests > 0 && client.replies === 0 && timedOut(waiting) && !isGone) {
    const heard = server.replies > 0 ? "; the server answered the client's own" : "";
    return asServer(
      "lcp-unanswered",
      `${count(server.requests)} of the server got no answer from the client${heard}${endingClause(call)}.`,
    );
  }
  if (client.requests > 0 && server.replies === 0 && timedOut(waiting) && !isGone)
    return asClient(
      "lcp-unanswered",
      `${count(client.requests)} of the client got no answer from the server${endingClause(call)}.`,
    );
  const stuck = stuckOption(call.link.lcp, lcp, call.facts.endings.first?.from);
  // Whoever asks for what the other does not have is the one to be changed.
  if (stuck !== undefined)
    return (stuck.by === "client" ? asServer : asClient)(
      "lcp-not-agreed",
      `No agreement on ${stuck.what}${endingClause(call)}.`,
    );
  return timedOut(waiting) ? undefined : asCapture("capture-ended", "LCP was still being negotiated.");
}

const count = (requests: number): string =>
  requests === 1 ? "The LCP Configure-Request" : `${requests} LCP Configure-Requests`;

function judgeCcp(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { ccp, ccpRejectedBy, ipcp: addresses } = call.link;
  const terminate = call.facts.endings.all.find(({ kind }) => kind === "terminate");
  if (ccp.opened) return undefined;
  if (ccpRejectedBy !== undefined && !addresses.begun)
    return mppe(
      ccpRejectedBy,
      `The ${ccpRejectedBy} answered CCP with an LCP Protocol-Reject${endingClause(call)}.`,
    );
  if (!ccp.begun) return undefined;
  // Whoever hangs up over it is the one that wanted encryption. Windows would say so: with another number, or
  // none, it hung up for its own reason.
  if (terminate?.kind === "terminate" && terminate.data.kind === "windows") return undefined;
  if (terminate !== undefined)
    return mppe(terminate.from === "server" ? "client" : "server", `CCP did not open${endingClause(call)}.`);
  if (addresses.begun || !waiting.over) return undefined;
  const { client, server } = ccp.sides;
  const silent: Side =
    client.replies + client.requests < server.replies + server.requests ? "client" : "server";
  return mppe(
    silent,
    `CCP did not open: ${client.requests} requests of the client, ${server.requests} of the server${endingClause(call)}.`,
  );
}

/** `by`: who does not encrypt. */
const mppe = (by: Side, evidence: string): Judgement =>
  by === "client" ? asServer("mppe-refused", evidence) : asClient("mppe-refused", evidence);

function judgeIpcp(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { ipcp: watch, ipcpRejectedBy } = call.link;
  const { client, server } = watch.sides;
  if (ipcpRejectedBy !== undefined)
    return asServer(
      "ipcp-not-agreed",
      `The ${ipcpRejectedBy} answered IPCP with an LCP Protocol-Reject${endingClause(call)}.`,
    );
  const stuck = stuckOption(watch, ipcp, undefined);
  if (stuck !== undefined)
    return asServer("ipcp-not-agreed", `No agreement on ${stuck.what}${endingClause(call)}.`);
  const isGone = hungUpAtOnce(call) && call.facts.endings.first?.from === "server";
  if (!watch.begun || !timedOut(waiting) || isGone) return undefined;
  if (server.requests > 0 && client.replies + client.requests === 0)
    return asServer(
      "ipcp-unanswered",
      `The client answered none of ${server.requests} IPCP requests${endingClause(call)}.`,
    );
  if (client.requests > 0 && server.replies === 0)
    return asClient(
      "ipcp-unanswered",
      `The server answered none of ${client.requests} IPCP requests${endingClause(call)}.`,
    );
  return undefined;
}

/**
 * What one side asked for and the other refused, again and again; or once, where `gone`, the side that asked,
 * hung up instead of asking for less.
 */
function stuckOption<P>(
  { sides }: NegotiationWatch,
  protocol: Options<P>,
  gone: Side | undefined,
): { readonly by: Side; readonly what: string } | undefined {
  for (const by of ["client", "server"] as const) {
    const { refused, refusedLast, refusedOptions, agreed } = sides[by];
    if (agreed === undefined && (refused >= REFUSALS || (gone === by && refusedLast)))
      return { by, what: `what the ${by} asked for: ${names(protocol, refusedOptions)}` };
  }
  return undefined;
}

function names<P>(protocol: Options<P>, options: readonly RawOption[]): string {
  const texts = options.map(({ code, data }) => {
    const option = protocol.options.find((one) => one.code === code);
    return option?.describe(data) ?? `option-${code}`;
  });
  return texts.join(" ");
}
