import { toldByClient } from "../../../verdicts/ras-causes.ts";
import type { VerdictCode } from "../../../verdicts/register.ts";
import type { LinkStage } from "../../../verdicts/stages.ts";
import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import type { LinkEnd } from "../../ppp/link/link-types.ts";
import { disagreement } from "../../ppp/negotiation/disagreement.ts";
import { demandsEncryption, type Termination, terminateWords } from "../../ppp/terminate-data.ts";
import type { CallEnd } from "../../pptp/control/machine-types.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import { type Millis, seconds } from "../../wire/units.ts";

/** How a dial ended: the verdict and the one sentence that supports it. */
export interface Ending {
  readonly verdict: VerdictCode;
  readonly evidence: string;
}

/** What was known of a dial when it ended. */
export interface DialFacts {
  /** The last stage reached; undefined before LCP opened. */
  readonly stage: LinkStage | undefined;
  /** Has any GRE packet of the call arrived from where its control connection comes from? */
  readonly greSeen: boolean;
  /** From where else one has. */
  readonly elsewhere: TunnelCounters["elsewhere"];
  /** Where the control connection comes from. */
  readonly from: Ipv4;
  /** Has it asked for anything in LCP? */
  readonly asked: boolean;
  /** Has it answered an LCP Configure-Request of ours, so that ours arrive there? */
  readonly answered: boolean;
  /** How long the session has been up; undefined: it did not come up. */
  readonly up: Millis | undefined;
  /** Since the Outgoing-Call-Request. */
  readonly elapsed: Millis;
}

const STAGE_NAMES: Record<LinkStage, string> = {
  lcp: "LCP opened",
  auth: "the log-in was accepted",
  ccp: "encryption was agreed",
  ipcp: "the session was up",
};

function when(facts: DialFacts): string {
  const seconds = (facts.elapsed / 1000).toFixed(1);
  return `${seconds} s after the call began, ${stageOf(facts)}${facts.greSeen ? "" : "; no GRE packet of the client had arrived"}`;
}

function stageOf({ stage, up }: DialFacts): string {
  if (up !== undefined && stage !== "ipcp") return "after the session was up, while it was negotiated anew";
  return stage === undefined ? "before LCP opened" : `after ${STAGE_NAMES[stage]}`;
}

/** Verdicts that GRE which went astray may be behind, although some of it arrived. */
const SILENCES: ReadonlySet<VerdictCode> = new Set([
  "lcp-unanswered",
  "auth-unanswered",
  "ipcp-unanswered",
  "mppe-refused",
  "client-hung-up",
  "control-lost",
  "link-lost",
]);

/** The ending as it goes on record: GRE that came from elsewhere is told with it. */
export function onRecord({ verdict, evidence }: Ending, facts: DialFacts): Ending {
  const { up, elsewhere } = facts;
  const strayed =
    SILENCES.has(verdict) && elsewhere !== undefined && (up === undefined || verdict === "link-lost");
  return {
    verdict,
    evidence: `${evidence}${strayed ? ` ${strays(facts, elsewhere)}; what comes from there is dropped.` : ""}`,
  };
}

/**
 * No GRE of the call has come from where it should, for `waited`, as the sentence says that ends with this.
 */
export function endingWithoutGre(waited: string, facts: DialFacts): Ending {
  const { elsewhere } = facts;
  if (elsewhere === undefined)
    return { verdict: "gre-blocked", evidence: `No GRE packet of the call arrived ${waited}.` };
  const evidence = `${strays(facts, elsewhere)}, and none from there ${waited}.`;
  return { verdict: "gre-from-elsewhere", evidence };
}

function strays({ from }: DialFacts, { address, packets }: NonNullable<TunnelCounters["elsewhere"]>): string {
  const came = packets === 1 ? "A GRE packet" : "GRE packets";
  return `${came} of this call came from ${formatIpv4(address)}, while its control connection comes from ${formatIpv4(from)}`;
}

/**
 * A verdict for a PPP link that ended. What the call decided itself (administrator, wrong password) goes
 * before this.
 */
export function endingOfLink(end: LinkEnd, facts: DialFacts): Ending {
  switch (end.code) {
    case "lcp-unanswered":
      return {
        verdict: "lcp-unanswered",
        evidence: `No answer to any LCP Configure-Request, ${when(facts)}.`,
      };
    case "lcp-not-agreed":
      return { verdict: "lcp-not-agreed", evidence: disagreement("LCP", end.option) };
    case "auth-unanswered":
      return {
        verdict: "auth-unanswered",
        evidence: `No CHAP Response and no PAP request came, ${when(facts)}.`,
      };
    case "auth-refused":
      return { verdict: "bad-credentials", evidence: "The client's log-in was refused." };
    case "auth-protocol-refused":
      return {
        verdict: "auth-protocol-refused",
        evidence: "The client refused in LCP each method of authentication that is allowed.",
      };
    case "no-address":
      return { verdict: "no-address", evidence: "The log-in was right, but no address was free." };
    case "mppe-refused":
      if ("said" in end) return terminated("mppe-refused", end.said, facts, MPPE_EVIDENCE[end.how]);
      return { verdict: "mppe-refused", evidence: MPPE_EVIDENCE[end.how] };
    case "mppe-renegotiated":
      return { verdict: "mppe-renegotiated", evidence: `Encryption was negotiated again ${when(facts)}.` };
    case "renegotiated-too-often":
      return { verdict: "lcp-not-agreed", evidence: `LCP was negotiated again and again, ${when(facts)}.` };
    case "ipcp-not-agreed":
      if ("said" in end) return terminated("ipcp-not-agreed", end.said, facts, IPCP_EVIDENCE[end.how]);
      return {
        verdict: "ipcp-not-agreed",
        evidence: end.option === undefined ? IPCP_EVIDENCE[end.how] : disagreement("IPCP", end.option),
      };
    case "ipcp-unanswered":
      return { verdict: "ipcp-unanswered", evidence: `IPCP did not open, ${when(facts)}.` };
    case "peer-terminated":
      return terminated("client-hung-up", end.said, facts);
    case "peer-closed":
      return {
        verdict: "client-hung-up",
        evidence: `The client's LCP is closed, which its Terminate-Ack said that nobody had asked for, ${when(facts)}.`,
      };
    case "echo-unanswered":
      return { verdict: "link-lost", evidence: "The last LCP Echo-Requests went unanswered." };
    case "loop":
      return { verdict: "loop", evidence: "Our own LCP magic number came back again and again." };
    case "closed":
      // The call that closes its link knows why, and says so before; reaching this is a mistake of ours.
      return { verdict: "internal-error", evidence: "The link was closed without a recorded reason." };
    default:
      end satisfies never;
      throw new Error("unknown end of a link");
  }
}

/**
 * The client's Terminate-Request. Windows' number tells why a dial came to nothing; of a session it says no
 * more than that it was ended. `meaning`: what follows from the moment, a sentence.
 */
function terminated(
  otherwise: VerdictCode,
  { protocol, data }: Termination,
  facts: DialFacts,
  meaning?: string,
): Ending {
  const told = facts.up === undefined ? toldBy({ protocol, data }, otherwise) : undefined;
  const article = protocol === "ccp" ? "a" : "an";
  const sent = `The client sent ${article} ${protocol.toUpperCase()} Terminate-Request ${terminateWords(data, facts.up !== undefined)}, ${when(facts)}.`;
  return { verdict: told ?? otherwise, evidence: meaning === undefined ? sent : `${meaning} ${sent}` };
}

/** Which cause its data tells; undefined: none. A text adds nothing to what the moment tells. */
function toldBy({ protocol, data }: Termination, otherwise: VerdictCode): VerdictCode | undefined {
  if (data.kind === "windows") return toldByClient({ protocol, error: data.error })?.verdict;
  return otherwise === "client-hung-up" && demandsEncryption(data) ? "mppe-not-given" : undefined;
}

const IPCP_EVIDENCE: Record<Extract<LinkEnd, { code: "ipcp-not-agreed" }>["how"], string> = {
  refused: "The client refused what it was given in IPCP.",
  terminated: "The client ended IPCP before it was open.",
  unfinished: "The client asked in IPCP for what it does not get, and did not take what it was offered.",
};

const MPPE_EVIDENCE: Record<Extract<LinkEnd, { code: "mppe-refused" }>["how"], string> = {
  "protocol-reject": "The client answered CCP with Protocol-Reject: encryption is off there.",
  "configure-reject": "The client rejected the MPPE option in CCP.",
  "no-common-mode": "The client kept asking in CCP for an encryption that is not allowed here.",
  terminated: "The client ended CCP before it was open.",
  "hung-up":
    "The client ended the link when it was offered the encryption that is allowed here and nothing else.",
  unanswered: "The client did not finish CCP within its time.",
  "no-keys":
    "The client logged in with a method that gives no keys for encryption, which is required for this user.",
};

/**
 * Ours: a client that has answered nothing for so long has received nothing; before that, its user may have
 * changed his mind.
 */
const UNHEARD_AFTER: Millis = seconds(5);

/**
 * A verdict for a call that ended on the control connection while PPP still ran. A client whose
 * Call-Clear-Request overtakes its Terminate-Ack answers our Terminate-Request: what counts is why we sent
 * that, `closing`.
 */
export function endingOfCall(end: CallEnd, facts: DialFacts, closing?: LinkEnd): Ending {
  if (closing !== undefined) return endingOfLink(closing, facts);
  const gaveUp = end === "call-clear" || end === "stopped" || end === "control-lost";
  const { greSeen, asked, answered, elsewhere, elapsed } = facts;
  if (gaveUp && !greSeen && (elapsed >= UNHEARD_AFTER || elsewhere !== undefined))
    return endingWithoutGre(
      `until the client gave up, ${(elapsed / 1000).toFixed(1)} s after the call began`,
      facts,
    );
  if (gaveUp && greSeen && !answered && elapsed >= UNHEARD_AFTER)
    return {
      verdict: "lcp-unanswered",
      evidence: `The client gave up ${when(facts)}. ${asked ? "It had asked in LCP and" : "GRE packets of it had come, but it"} never answered us.`,
    };
  switch (end) {
    case "call-clear":
      return { verdict: "client-hung-up", evidence: `The client sent a Call-Clear-Request ${when(facts)}.` };
    case "stopped":
      return {
        verdict: "client-hung-up",
        evidence: `The client stopped the control connection ${when(facts)}.`,
      };
    case "control-lost":
      return {
        verdict: "control-lost",
        evidence: `The TCP connection closed without a Call-Clear-Request ${when(facts)}.`,
      };
    case "echo-timeout":
      return {
        verdict: "control-lost",
        evidence: "The client answered no Echo-Request on the control connection.",
      };
    case "shut-down":
      return { verdict: "server-stopped", evidence: "pacd was told to stop." };
    case "protocol-error":
      return { verdict: "protocol-error", evidence: `The control connection was closed ${when(facts)}.` };
    case "hung-up":
      return { verdict: "internal-error", evidence: "The log has the details." };
    default:
      end satisfies never;
      throw new Error("unknown end of a call");
  }
}

/** An administrator ends a session; `message`: why, one line. */
export const byAdministrator = (message?: string): Ending => ({
  verdict: "disconnected-by-administrator",
  evidence: `An administrator asked for it over the API${message === undefined ? "." : `: ${JSON.stringify(message)}.`}`,
});
