import type { LinkEnd, LinkStage } from "../../ppp/link/link-types.ts";
import type { CallEnd } from "../../pptp/control/machine-types.ts";
import { type Millis, seconds } from "../../wire/units.ts";
import type { VerdictCode } from "./register.ts";

/** How a dial ended: the verdict and the one sentence that supports it. */
export interface Ending {
  readonly verdict: VerdictCode;
  readonly evidence: string;
}

/** What was known of a dial when it ended. */
export interface DialFacts {
  /** The last stage reached; undefined before LCP opened. */
  readonly stage: LinkStage | undefined;
  /** Has any GRE packet of the client arrived? */
  readonly greSeen: boolean;
  /** Has it answered an LCP Configure-Request of ours, so that ours arrive there? */
  readonly answered: boolean;
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
  const stage = facts.stage === undefined ? "before LCP opened" : `after ${STAGE_NAMES[facts.stage]}`;
  return `${seconds} s after the call began, ${stage}${facts.greSeen ? "" : "; no GRE packet of the client had arrived"}`;
}

/** A verdict for a PPP link that ended. Room decisions that caused it (administrator, wrong password) go before this. */
export function endingOfLink(end: LinkEnd, facts: DialFacts): Ending {
  switch (end.code) {
    case "lcp-unanswered":
      return {
        verdict: "lcp-unanswered",
        evidence: `No answer to any LCP Configure-Request, ${when(facts)}.`,
      };
    case "lcp-not-agreed":
      return { verdict: "lcp-not-agreed", evidence: `No agreement on the LCP option ${end.option}.` };
    case "auth-unanswered":
      return {
        verdict: "auth-unanswered",
        evidence: `No CHAP Response and no PAP request came, ${when(facts)}.`,
      };
    case "auth-refused":
      return { verdict: "bad-credentials", evidence: "The client's answer to the challenge was refused." };
    case "auth-protocol-refused":
      return {
        verdict: "auth-protocol-refused",
        evidence: "The client refused in LCP each method of authentication that is allowed.",
      };
    case "no-address":
      return { verdict: "no-address", evidence: "The log-in was right, but no address was free." };
    case "mppe-refused":
      return { verdict: "mppe-refused", evidence: MPPE_EVIDENCE[end.how] };
    case "mppe-renegotiated":
      return { verdict: "mppe-renegotiated", evidence: `Encryption was negotiated again ${when(facts)}.` };
    case "renegotiated-too-often":
      return { verdict: "lcp-not-agreed", evidence: `LCP was negotiated again and again, ${when(facts)}.` };
    case "ipcp-not-agreed":
      return { verdict: "ipcp-not-agreed", evidence: "The client refused the address that it was given." };
    case "ipcp-unanswered":
      return { verdict: "ipcp-unanswered", evidence: `IPCP did not open, ${when(facts)}.` };
    case "peer-terminated": {
      const words = end.text === "" ? "without a reason" : `saying "${end.text}"`;
      return {
        verdict: "client-hung-up",
        evidence: `The client sent an LCP Terminate-Request ${words}, ${when(facts)}.`,
      };
    }
    case "echo-unanswered":
      return { verdict: "link-lost", evidence: "The last LCP Echo-Requests went unanswered." };
    case "loop":
      return { verdict: "loop", evidence: "Our own LCP magic number came back again and again." };
    case "closed":
      // The room that closes a link knows why and decides before; reaching this is a mistake of ours.
      return { verdict: "internal-error", evidence: "The link was closed without a recorded reason." };
    default:
      end satisfies never;
      throw new Error("unknown end of a link");
  }
}

const MPPE_EVIDENCE: Record<Extract<LinkEnd, { code: "mppe-refused" }>["how"], string> = {
  "protocol-reject": "The client answered CCP with Protocol-Reject: encryption is off there.",
  "configure-reject": "The client rejected the MPPE option in CCP.",
  "no-common-mode": "The client kept asking in CCP for an encryption that is not allowed here.",
  "hung-up":
    "The client ended the link when it was offered the encryption that is allowed here and nothing else.",
  unanswered: "The client did not finish CCP within its time.",
  "no-keys":
    "The client logged in with a method that gives no keys for encryption, which is required for this user.",
};

/** Ours: a client that has answered nothing for so long has received nothing; before that, its user may have changed his mind. */
const UNHEARD_AFTER: Millis = seconds(5);

/** A verdict for a call that ended on the control connection while PPP still ran. */
export function endingOfCall(end: CallEnd, facts: DialFacts): Ending {
  const gaveUp = end === "call-clear" || end === "stopped" || end === "control-lost";
  if (gaveUp && facts.greSeen && !facts.answered && facts.elapsed >= UNHEARD_AFTER)
    return {
      verdict: "lcp-unanswered",
      evidence: `The client gave up ${when(facts)}. It had asked in LCP and never answered us.`,
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
      return { verdict: "internal-error", evidence: "The call was hung up without a recorded reason." };
    default:
      end satisfies never;
      throw new Error("unknown end of a call");
  }
}
