import { disagreement } from "../../../server/ppp/negotiation/disagreement.ts";
import { causeOfError } from "../../../verdicts/ms-chap-errors.ts";
import type { FailureCode } from "../../../verdicts/register.ts";
import type { LinkFailure, MppeRefusal } from "../link/link-types.ts";
import type { FailureReason } from "./failure.ts";

/** What the end of the link says. */
export function linkFailure(end: LinkFailure): FailureReason {
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
      return ["mppe-refused", MPPE[end.how]];
    case "mppe-renegotiated":
      return ["encryption-lost", "The server negotiated CCP anew in mid-session."];
    case "lcp-renegotiated":
      return ["renegotiated", "The server negotiated LCP anew after the log-in."];
    case "ipcp-not-agreed":
      return ["ipcp-not-agreed", "No agreement on our address (IPCP)."];
    case "ipcp-unanswered":
      return ["ipcp-unanswered", "No answer to our IPCP Configure-Requests."];
    case "echo-unanswered":
      return ["link-lost", "No answer to LCP Echo-Requests."];
    case "peer-terminated":
      return [
        "hung-up-by-server",
        end.text === "" ? "LCP Terminate-Request without a text." : `LCP Terminate-Request: "${end.text}".`,
      ];
  }
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
