import type { LinkStage } from "../../../verdicts/stages.ts";
import type { MppeStrength } from "../../crypto/mppe-keys.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis, Octets } from "../../wire/units.ts";
import type { AuthMethod, Credentials } from "../auth/credentials.ts";
import type { LogInOutcome } from "../auth/log-in-outcome.ts";
import type { Assignment } from "../ipcp/assignment.ts";
import type { CarriedEffect } from "../link-common/effects.ts";
import type { Framing } from "../link-common/framing.ts";
import type { SetKeys } from "../link-common/mppe-keys.ts";
import type { Termination } from "../terminate-data.ts";

/** What the administrator decided; the same for the life of a link. */
export interface LinkPolicy {
  /** Our MRU: what we ask the peer to send at most. */
  readonly mru: Octets;
  /** The name we give in the CHAP Challenge. */
  readonly name: string;
  /** Methods that may be agreed, the one that is offered first; at least one. */
  readonly authentication: readonly AuthMethod[];
  /** Key lengths of MPPE that may be agreed, the longest first; at least one. */
  readonly mppeStrengths: readonly MppeStrength[];
  /** May MPPE run in stateful mode for a client that wants nothing else? */
  readonly mppeStateful: boolean;
  /**
   * LCP Echo-Request after this much silence from the peer once the link is up; so many unanswered end it.
   */
  readonly echoInterval: Millis;
  readonly echoFailures: number;
}

/** Random values, handed in so that the machine is pure. */
export interface LinkSeeds {
  readonly magic: number;
  /**
   * 16 octets each, never used twice (RFC 2759 §3): one for each authentication that a link goes through, LCP
   * negotiated anew or a password changed included. A link that has used them up ends.
   */
  readonly challenges: readonly Uint8Array[];
}

export type LinkTimer =
  | "first-frame" // the client did not speak first: send our LCP Configure-Request
  | "lcp-restart"
  | "ccp-restart"
  | "ipcp-restart"
  | "auth" // a Challenge or Response unanswered
  | "ccp-deadline" // encryption not agreed in time
  | "ipcp-deadline"
  | "echo"
  | "terminate";

/** All of them. */
export const LINK_TIMERS: readonly LinkTimer[] = [
  "first-frame",
  "lcp-restart",
  "ccp-restart",
  "ipcp-restart",
  "auth",
  "ccp-deadline",
  "ipcp-deadline",
  "echo",
  "terminate",
];

export type LinkEvent =
  /** The call reply went out: frames may come. */
  | { readonly type: "start" }
  /** One PPP frame as GRE carried it, FF 03 and protocol compressed or not. */
  | { readonly type: "frame"; readonly frame: Uint8Array }
  | { readonly type: "timer"; readonly timer: LinkTimer }
  /** Answer to `verify`. */
  | { readonly type: "verified"; readonly outcome: LogInOutcome }
  /** Answer to `assign-address`. */
  | { readonly type: "assigned"; readonly assignment: Assignment | undefined }
  /** Stateful MPPE has lost its place: packets are dropped until the client flushes (RFC 3078 §8.2). */
  | { readonly type: "coherency-lost" }
  /** Inner data passed lately: counts as a sign of life for the echo timer. */
  | { readonly type: "alive" }
  /** Ask the client for a sign of life at once. */
  | { readonly type: "probe" }
  /** End the link from our side with a Terminate-Request that says `text`. */
  | { readonly type: "close"; readonly text: string };

/** What the runner must do, in this order. */
export type LinkEffect =
  | CarriedEffect<LinkTimer>
  | { readonly do: "verify"; readonly credentials: Credentials }
  /** Authentication succeeded; which address does this user get? Answer with `assigned`. */
  | { readonly do: "assign-address" }
  | SetKeys
  /**
   * The client has lost its place in stateful MPPE: start the cipher anew with the next packet (RFC 3078
   * §8.2).
   */
  | { readonly do: "flush-encryption" }
  /**
   * IPCP (and CCP) are open. Stands before the `send` that completes IPCP, so that the first packet is not
   * lost.
   */
  | { readonly do: "open-network"; readonly network: NegotiatedNetwork }
  /**
   * LCP is negotiated anew, or there will be no encryption after all: no inner packet may pass until
   * `open-network` comes (again), and no key that was set holds any more.
   */
  | { readonly do: "close-network" }
  /** A stage was reached: for the trace and the six stages of a dial. */
  | { readonly do: "reached"; readonly stage: LinkStage }
  /** The last effect of a link: the call is to be hung up. */
  | { readonly do: "ended"; readonly cause: LinkEnd };

/** What the packets of a session need to know. */
export interface NegotiatedNetwork extends Framing {
  /** The client's. */
  readonly address: Ipv4;
}

/** Why a link ended; verdicts are derived from it. `by` says which side sent the Terminate-Request. */
export type LinkEnd =
  | { readonly code: "lcp-unanswered" }
  | { readonly code: "lcp-not-agreed"; readonly option: string }
  | { readonly code: "auth-unanswered" }
  | { readonly code: "auth-refused" }
  | { readonly code: "auth-protocol-refused" }
  | { readonly code: "no-address" }
  /**
   * CCP answered by Protocol-Reject, Configure-Reject of option 18, our Nak by a Terminate-Request, or never
   * agreed; or a method that gives no keys.
   */
  | {
      readonly code: "mppe-refused";
      readonly how: "protocol-reject" | "configure-reject" | "no-common-mode" | "unanswered" | "no-keys";
    }
  /** A Terminate-Request of the client, of CCP or of LCP, before CCP was open. */
  | { readonly code: "mppe-refused"; readonly how: "terminated" | "hung-up"; readonly said: Termination }
  /** CCP or keys renegotiated after data had passed: key reuse is never allowed. */
  | { readonly code: "mppe-renegotiated" }
  /** LCP was negotiated anew more often than there are challenges. */
  | { readonly code: "renegotiated-too-often" }
  /** `option`: the one that it broke on, where it was one. */
  | {
      readonly code: "ipcp-not-agreed";
      readonly how: "refused" | "unfinished";
      readonly option?: string;
    }
  /** The client's Terminate-Request of IPCP, before IPCP was open. */
  | { readonly code: "ipcp-not-agreed"; readonly how: "terminated"; readonly said: Termination }
  | { readonly code: "ipcp-unanswered" }
  /** The client's Terminate-Request: of LCP, or of what stands on it once the session was up. */
  | { readonly code: "peer-terminated"; readonly said: Termination }
  /** A Terminate-Ack that nobody asked for says that the client's LCP is closed (RFC 1661 §4.3). */
  | { readonly code: "peer-closed" }
  | { readonly code: "echo-unanswered" }
  | { readonly code: "loop" }
  | { readonly code: "closed" };
