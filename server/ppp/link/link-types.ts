import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis, Octets } from "../../wire/units.ts";

/** What the administrator decided; the same for the life of a link. */
export interface LinkPolicy {
  /** Our MRU: what we ask the peer to send at most. */
  readonly mru: Octets;
  /** The name we give in the CHAP Challenge. */
  readonly name: string;
  /** MPPE-128 stateless or nothing; otherwise a client that refuses MPPE may go on in clear. */
  readonly encryptionRequired: boolean;
  /** LCP Echo-Request after this much silence from the peer once the link is up; so many unanswered end it. */
  readonly echoInterval: Millis;
  readonly echoFailures: number;
}

/** Random values, handed in so that the machine is pure. */
export interface LinkSeeds {
  readonly magic: number;
  /** 16 octets, never used twice (RFC 2759 §3). */
  readonly challenge: Uint8Array;
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

export type LinkEvent =
  /** The call reply went out: frames may come. */
  | { readonly type: "start" }
  /** One PPP frame as GRE carried it, FF 03 and protocol compressed or not. */
  | { readonly type: "frame"; readonly frame: Uint8Array }
  | { readonly type: "timer"; readonly timer: LinkTimer }
  /** Answer to `verify`. */
  | { readonly type: "verified"; readonly outcome: Verified }
  /** Answer to `assign-address`. */
  | { readonly type: "assigned"; readonly assignment: Assignment | undefined }
  /** Inner data passed lately: counts as a sign of life for the echo timer. */
  | { readonly type: "alive" }
  /** End the link from our side with a Terminate-Request that says `text`. */
  | { readonly type: "close"; readonly text: string };

export type Verified =
  | {
      readonly ok: true;
      /** 20 octets, RFC 2759 §8.7; the link writes "S=" and upper-case hex. */
      readonly authenticatorResponse: Uint8Array;
      /** MPPE start keys, 16 octets each, from the server's point of view (RFC 3079 §3). */
      readonly sendKey: Uint8Array;
      readonly receiveKey: Uint8Array;
    }
  | { readonly ok: false };

export interface Assignment {
  /** Our own end, announced in our IPCP Configure-Request. */
  readonly local: Ipv4;
  /** The client's address. */
  readonly remote: Ipv4;
  /** At most two of each; none: the option is rejected. */
  readonly dns: readonly Ipv4[];
  readonly wins: readonly Ipv4[];
}

/** An MS-CHAPv2 Response to be checked against the store. */
export interface Credentials {
  readonly method: "ms-chap-v2";
  /** The name as received, octets. */
  readonly name: Uint8Array;
  readonly authenticatorChallenge: Uint8Array;
  readonly peerChallenge: Uint8Array;
  readonly ntResponse: Uint8Array;
}

/** What the room must do, in this order. */
export type LinkEffect =
  | { readonly do: "send"; readonly frame: Uint8Array }
  | { readonly do: "arm"; readonly timer: LinkTimer; readonly after: Millis }
  | { readonly do: "disarm"; readonly timer: LinkTimer }
  | { readonly do: "verify"; readonly credentials: Credentials }
  /** Authentication succeeded; which address does this user get? Answer with `assigned`. */
  | { readonly do: "assign-address" }
  /** Stands before the `send` of the CCP Ack that lets the peer encrypt. */
  | { readonly do: "set-keys"; readonly send: Uint8Array; readonly receive: Uint8Array }
  /** IPCP (and CCP) are open. Stands before the `send` that completes IPCP, so that the first packet is not lost. */
  | { readonly do: "open-network"; readonly network: NegotiatedNetwork }
  /** A stage was reached: for the trace and the six stages of a dial. */
  | { readonly do: "reached"; readonly stage: LinkStage }
  /** The last effect of a link. The room hangs up the call. */
  | { readonly do: "ended"; readonly cause: LinkEnd };

export interface NegotiatedNetwork {
  readonly address: Ipv4;
  /** What the peer said it can receive (LCP MRU, 1500 where it said nothing). */
  readonly peerMru: Octets;
  readonly acfc: boolean;
  readonly pfc: boolean;
  readonly encrypted: boolean;
}

/** In dial order: "lcp" open, "auth" succeeded, "ccp" open, "ipcp" open (the session is up). */
export type LinkStage = "lcp" | "auth" | "ccp" | "ipcp";

/** Why a link ended; verdicts are derived from it. `by` says which side sent the Terminate-Request. */
export type LinkEnd =
  | { readonly code: "lcp-unanswered" }
  | { readonly code: "lcp-not-agreed"; readonly option: string }
  | { readonly code: "auth-unanswered" }
  | { readonly code: "auth-refused" }
  | { readonly code: "auth-protocol-refused" }
  | { readonly code: "no-address" }
  /** CCP answered by Protocol-Reject, Configure-Reject of option 18, our Nak by a Terminate-Request, or never agreed. */
  | {
      readonly code: "mppe-refused";
      readonly how: "protocol-reject" | "configure-reject" | "no-common-mode" | "hung-up" | "unanswered";
    }
  /** CCP or keys renegotiated after data had passed: key reuse is never allowed. */
  | { readonly code: "mppe-renegotiated" }
  | { readonly code: "ipcp-not-agreed" }
  | { readonly code: "ipcp-unanswered" }
  | { readonly code: "peer-terminated"; readonly text: string }
  | { readonly code: "echo-unanswered" }
  | { readonly code: "loop" }
  | { readonly code: "closed" };
