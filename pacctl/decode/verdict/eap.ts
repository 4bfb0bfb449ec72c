import { EAP, EAP_TYPE, eapTitle } from "../../../server/ppp/auth/eap.ts";
import { equalOctets } from "../../../server/wire/bytes.ts";
import { printable } from "../../../server/wire/printable.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { EapWatch } from "../link/eap-watch.ts";
import { endingClause, judgeEnding } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { hungUpAtOnce, timedOut, type Waiting } from "./waiting.ts";

/** Methods that come down to a name and a password, and to nothing else. */
const BY_PASSWORD: ReadonlySet<number | undefined> = new Set([
  EAP_TYPE.md5Challenge,
  EAP_TYPE.otp,
  EAP_TYPE.gtc,
  EAP_TYPE.leap,
  EAP_TYPE.msChapV2,
]);

/** How far a log-in by EAP came that nobody has decided. */
export function judgeEap(call: JudgedCall, waiting: Waiting): Judgement {
  const { eap } = call.link.logIn;
  const { last } = eap;
  if (eap.hasNoCommonMethod && timedOut(waiting)) return noCommonMethod(call);
  if (eap.alert !== undefined && timedOut(waiting)) return tlsRefused(call, eap.alert);
  // Who says goodbye, or does not wait, has not been left without an answer.
  const gone = call.facts.endings.first?.kind === "terminate" || hungUpAtOnce(call);
  const ending = gone ? judgeEnding(call) : undefined;
  if (ending !== undefined)
    return { ...ending, evidence: `${ending.evidence} The log-in had come as far as ${reached(eap)}.` };
  if (!timedOut(waiting)) return asCapture("capture-ended", `The log-in had come as far as ${reached(eap)}.`);
  if (last?.code === EAP.request) {
    const times = last.times === 1 ? "" : ` that it sent ${last.times} times`;
    return asServer(
      "auth-unanswered",
      `The client did not answer the server's EAP Request (${eapTitle(last.type)})${times}${endingClause(call)}.`,
    );
  }
  if (last?.code === EAP.response)
    return asClient(
      "auth-unanswered",
      `The server said nothing to the client's EAP Response (${eapTitle(last.type)})${who(eap)}${endingClause(call)}.`,
    );
  return asClient(
    "auth-unanswered",
    `LCP agreed on EAP, and the server sent no EAP Request${endingClause(call)}.`,
  );
}

/**
 * Why the server said Failure, where MS-CHAPv2 inside did not tell; `undefined`: as for any wrong password.
 */
export function refusedByEap(call: JudgedCall): Judgement | undefined {
  const { eap } = call.link.logIn;
  if (eap.hasNoCommonMethod) return noCommonMethod(call);
  if (eap.alert !== undefined) return tlsRefused(call, eap.alert);
  if (BY_PASSWORD.has(eap.method)) return undefined;
  return asClient("auth-refused", eapRefusal(call));
}

/** `The server refused "anna" by EAP Failure, after EAP-TLS.` */
export function eapRefusal({ link }: JudgedCall): string {
  const { eap, name } = link.logIn;
  const after =
    eap.method === undefined ? "after its Identity, without a method" : `after ${eapTitle(eap.method)}`;
  const { identity } = eap;
  // Within EAP-MSCHAPv2 the client names itself once more.
  const other = identity !== undefined && name !== undefined && !equalOctets(identity, name);
  const user = name === undefined ? "the client, whose name is not in the capture," : quoted(name);
  return `The server refused ${user}${other ? ` (Identity ${quoted(identity)})` : ""} by EAP Failure, ${after}.`;
}

function noCommonMethod(call: JudgedCall): Judgement {
  const { eap } = call.link.logIn;
  const wanted = eap.wanted.length === 0 ? "none in its place" : titles(eap.wanted, " or ");
  const failed = eap.outcome === "failure" ? ", and the server sent EAP Failure" : "";
  return asCapture(
    "no-common-eap-method",
    `The server proposed ${titles(eap.proposed, ", then ")}; the client${who(eap)} refused and wanted ${wanted} (EAP Nak)${failed}${endingClause(call)}.`,
  );
}

function tlsRefused(call: JudgedCall, { from, says }: NonNullable<EapWatch["alert"]>): Judgement {
  const { eap } = call.link.logIn;
  const failed = eap.outcome === "failure" ? ", and the server sent EAP Failure" : "";
  const during = `During ${eap.title} of the client${who(eap)}`;
  return asCapture(
    "eap-tls-refused",
    `${during} the ${from} sent the TLS alert ${says}${failed}${endingClause(call)}.`,
  );
}

const titles = (types: readonly number[], between: string): string => types.map(eapTitle).join(between);

/** Ours: octets of an Identity that a sentence shows. */
const SHOWN_NAME = 128;

const quoted = (name: Uint8Array): string => `"${printable(name, SHOWN_NAME)}"`;

/** ` as "anna"`, where the client said who it is. */
const who = ({ identity }: EapWatch): string => (identity === undefined ? "" : ` as ${quoted(identity)}`);

function reached(eap: EapWatch): string {
  const { last } = eap;
  if (last === undefined) return "EAP, of which no packet was seen";
  const [side, kind] = last.code === EAP.request ? ["server", "Request"] : ["client", "Response"];
  return `an EAP ${kind} of the ${side} (${eapTitle(last.type)})${who(eap)}`;
}
