import { authenticationProtocol } from "../../../server/ppp/lcp/authentication-protocol.ts";
import { demandsEncryption } from "../../../server/ppp/terminate-data.ts";
import { causeOfError } from "../../../verdicts/ms-chap-errors.ts";
import { toldByClient, toldByServer } from "../../../verdicts/ras-causes.ts";
import type { SeenCause } from "../../../verdicts/register.ts";
import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import { userInWords } from "../link/claims.ts";
import { endingSentence } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";

/**
 * Why a dial came to nothing, as Windows itself says by the number in its Terminate-Requests: of whoever said
 * so first, where both did. Undefined: no number tells, or the session was up.
 */
export function judgeTold(call: JudgedCall): Judgement | undefined {
  const { link } = call;
  if (link.up) return undefined;
  if (link.logIn.outcome === "refused") return moreThanFailure(call);
  const [first] = (["client", "server"] as const)
    .flatMap((side) => said(call, side) ?? [])
    .toSorted((a, b) => a.at - b.at);
  return first?.judgement ?? demanded(call);
}

/** A text that demands encryption, where CCP shows nothing of it. */
function demanded(call: JudgedCall): Judgement | undefined {
  const { first } = call.facts.endings;
  if (first?.kind !== "terminate" || !demandsEncryption(first.data)) return undefined;
  if (call.link.ccp.begun || call.link.ccpRejectedBy !== undefined) return undefined;
  const evidence = endingSentence(call, first);
  return (first.from === "server" ? asServer : asClient)("mppe-refused", evidence);
}

interface Said {
  readonly at: number;
  readonly judgement: Judgement;
}

function said(call: JudgedCall, side: Side): Said | undefined {
  const number = call.facts.endings.told(side);
  if (number === undefined) return undefined;
  const { told, ending } = number;
  const seen = (side === "server" ? toldByServer(told) : toldByClient(told))?.seen;
  if (seen === undefined || leftToLcp(call, seen)) return undefined;
  const evidence = endingSentence(call, ending);
  // A Windows client shows its user the very number.
  const judgement: Judgement =
    side === "client" ? { ...seen, evidence, windowsErrors: [told.error] } : refusal(call, seen, evidence);
  return { at: ending.at, judgement };
}

/** A log-in that was refused without a Failure. */
function refusal({ link }: JudgedCall, seen: SeenCause, evidence: string): Judgement {
  if (seen.code !== "bad-credentials") return { ...seen, evidence };
  const { user, password, given, outcome } = link.logIn;
  if (outcome === "accepted")
    return asClient(
      "auth-refused",
      `The server had let ${userInWords(link.logIn)} in by its Success. ${evidence}`,
    );
  const refused = `The server refused ${user === undefined ? "the log-in" : `"${user}"`} without a Failure. ${evidence}`;
  if (password === "right")
    return asCapture(
      "right-password-refused",
      `${refused} The ${given} given is the one that the client used.`,
    );
  const wrong = password === "wrong" ? ` The client did not use the ${given} that was given here.` : "";
  return { ...seen, evidence: `${refused}${wrong}` };
}

/** Why a log-in is refused beside a wrong password. */
const REASONS: ReadonlySet<SeenCause["code"]> = new Set([
  "account-restricted",
  "password-expired",
  "auth-refused",
]);

/** A Failure that says no more than a wrong password would, and a number that does. */
function moreThanFailure(call: JudgedCall): Judgement | undefined {
  const { logIn } = call.link;
  const number = call.facts.endings.told("server");
  const seen = number === undefined ? undefined : toldByServer(number.told)?.seen;
  if (number === undefined || seen === undefined || !REASONS.has(seen.code)) return undefined;
  if (causeOfError(logIn.error) !== "bad-credentials") return undefined;
  const failure = `The server refused ${userInWords(logIn)} saying "${logIn.message}".`;
  return { ...seen, evidence: `${failure} ${endingSentence(call, number.ending)}` };
}

/** LCP shows which methods were offered and refused, and so more than the number. */
const leftToLcp = ({ link }: JudgedCall, { code }: SeenCause): boolean =>
  code === "auth-protocol-refused" &&
  link.lcp.sides.server.refusedOptions.some((option) => option.code === authenticationProtocol.code);
