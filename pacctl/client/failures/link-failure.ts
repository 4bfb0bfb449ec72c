import { disagreement } from "../../../server/ppp/negotiation/disagreement.ts";
import { demandsEncryption, type Termination, terminateWords } from "../../../server/ppp/terminate-data.ts";
import { causeOfError } from "../../../verdicts/ms-chap-errors.ts";
import { toldByServer } from "../../../verdicts/ras-causes.ts";
import type { FailureCode } from "../../../verdicts/register.ts";
import type { LinkFailure, MppeRefusal } from "../link/link-types.ts";
import type { FailureReason } from "./failure.ts";

/** What the end of the link says. `up`: it had come up, so that the end is one of a session. */
export function linkFailure(end: LinkFailure, up = false): FailureReason {
  switch (end.code) {
    case "lcp-unanswered":
      return ["lcp-unanswered", "No answer to ten LCP Configure-Requests."];
    case "lcp-not-agreed":
      return ["lcp-not-agreed", disagreement("LCP", end.option)];
    case "loop":
      return ["loop", "Each LCP request that came had our own Magic-Number."];
    case "auth-method-refused":
      return ["auth-method-refused", "The server insisted on its own Authentication-Protocol."];
    case "auth-unanswered":
      return ["auth-unanswered", "No Challenge, or no word on our answer to it."];
    case "auth-refused":
      return [refusal(end.error), end.text === "" ? "A Failure without a text." : `Failure: "${end.text}".`];
    case "server-not-proven":
      return ["server-not-proven", "The Success holds no S=, or not the right one."];
    case "mppe-refused":
      return "said" in end ? terminated("mppe-refused", end.said, up) : ["mppe-refused", MPPE[end.how]];
    case "mppe-renegotiated":
      return ["encryption-lost", "The server negotiated CCP anew in mid-session."];
    case "lcp-renegotiated":
      return ["renegotiated", "The server negotiated LCP anew after the log-in."];
    case "ipcp-not-agreed":
      return end.said === undefined
        ? ["ipcp-not-agreed", "No agreement on our address (IPCP)."]
        : terminated("ipcp-not-agreed", end.said, up);
    case "ipcp-unanswered":
      return ["ipcp-unanswered", "No answer to our IPCP Configure-Requests."];
    case "echo-unanswered":
      return ["link-lost", "No answer to LCP Echo-Requests."];
    case "peer-terminated":
      return terminated("hung-up-by-server", end.said, up);
  }
}

function toldBy({ protocol, data }: Termination): FailureCode | undefined {
  if (data.kind === "windows") return toldByServer({ protocol, error: data.error })?.failure;
  return demandsEncryption(data) ? "mppe-refused" : undefined;
}

/** The server's Terminate-Request. Windows' number tells why a dial came to nothing. */
function terminated(otherwise: FailureCode, { protocol, data }: Termination, up: boolean): FailureReason {
  const told = up ? undefined : toldBy({ protocol, data });
  return [told ?? otherwise, `${protocol.toUpperCase()} Terminate-Request ${terminateWords(data, up)}.`];
}

/**
 * What the E= of a Failure means. pacctl changes no password, so a server that says that a change failed
 * (709) has a reason of its own.
 */
function refusal(error: number | undefined): FailureCode {
  const cause = causeOfError(error);
  return cause === "password-change-refused" ? "auth-refused" : cause;
}

const MPPE: Readonly<Record<MppeRefusal, string>> = {
  "protocol-reject": "LCP Protocol-Reject of CCP.",
  "configure-reject": "CCP Configure-Reject of MPPE.",
  "no-common-mode": "No agreement on the kind of MPPE (CCP).",
  unanswered: "No answer to our CCP Configure-Requests.",
  "no-keys": "The method of authentication gives no keys for this length.",
};
