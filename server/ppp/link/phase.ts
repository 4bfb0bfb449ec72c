import type { StartKeys } from "../../crypto/start-keys.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { AgreedModes } from "../ccp/agreed-modes.ts";
import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import type { Assignment } from "../ipcp/assignment.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { type ClosingLink, type EndedLink, terminate } from "../link-common/closing.ts";
import { effectsFirst, oneAfterAnother, type Transition } from "../link-common/transition.ts";
import type { Negotiation } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import {
  LINK_TIMERS,
  type LinkEffect,
  type LinkEnd,
  type LinkPolicy,
  type LinkSeeds,
  type LinkTimer,
} from "./link-types.ts";

/** Where a link stands: RFC 1661 §3.2, with a phase for each thing that is waited for. */
export type Phase =
  /** Before the call reply. */
  | Idle
  /** The client may speak first; LCP is in Starting. */
  | Waiting
  /** LCP negotiates. */
  | Establishing
  /** The Challenge is out, or the Response is being verified. */
  | Authenticating
  /** The Response was right; an address is looked for. */
  | Assigning
  /** CHAP Success is out; CCP negotiates. */
  | Encrypting
  /** IPCP negotiates. */
  | Networking
  /** The session. */
  | Up
  /** Our Terminate-Request is out. */
  | Closing
  | Ended;

export interface Idle {
  readonly at: "idle";
  readonly policy: LinkPolicy;
  readonly seeds: LinkSeeds;
}

/** What every phase from the first frame to our Terminate-Request knows. */
export interface Started {
  readonly policy: LinkPolicy;
  readonly seeds: LinkSeeds;
  readonly lcp: Negotiation<LcpPolicy>;
  /**
   * Challenges used, of `seeds.challenges`: by each authentication one, by each password to be changed one
   * more.
   */
  readonly challenges: number;
  /** Protocol-Rejects sent. */
  readonly protocolRejects: number;
}

export interface Waiting extends Started {
  readonly at: "waiting";
}

export interface Establishing extends Started {
  readonly at: "establishing";
}

export interface Authenticating extends Started {
  readonly at: "authenticating";
  readonly auth: Authenticator;
}

export interface Assigning extends Started {
  readonly at: "assigning";
  readonly auth: Authenticator;
  /** Empty after a method that gives none. */
  readonly keys: StartKeys;
  readonly encryptionRequired: boolean;
}

/** Let in, with an address. */
export interface Admitted extends Started {
  readonly auth: Authenticator;
  readonly assignment: Assignment;
}

export interface Encrypting extends Admitted {
  readonly at: "encrypting";
  readonly ccp: Negotiation<CcpPolicy>;
  /** For this CCP and no other: they are forgotten when it opens. */
  readonly keys: StartKeys;
  /** The modes with which the keys are in the data plane. */
  readonly installed: AgreedModes | undefined;
  readonly encryptionRequired: boolean;
  /** The client's latest IPCP Configure-Request, which came before its time. */
  readonly held: Packet | undefined;
  /** It came before our Ack in CCP could have opened CCP there. */
  readonly asksBesideCcp: boolean;
  /** The Restart timer has run out once while only the client's Ack was missing. */
  readonly waitedForAck: boolean;
}

interface Networked extends Admitted {
  /** Undefined: the user may go on in clear, and the client has no MPPE or the log-in no keys. */
  readonly ccp: Negotiation<CcpPolicy> | undefined;
  readonly ipcp: Negotiation<Assignment>;
}

export interface Networking extends Networked {
  readonly at: "networking";
}

export interface Up extends Networked {
  readonly at: "up";
  /** Echo-Requests since the last sign of life. */
  readonly unanswered: number;
}

export interface Closing extends Started, ClosingLink {
  readonly at: "closing";
  readonly lcp: Negotiation<LcpPolicy>;
  readonly auth: Authenticator | undefined;
  readonly cause: LinkEnd;
}

export type Ended = EndedLink<LinkEnd>;

/** Phases in which LCP runs and nobody has hung up. */
export type Live = Waiting | Establishing | Authenticating | Assigning | Encrypting | Networking | Up;

export type PhaseNext = Transition<Phase, LinkEffect>;

export const andThen = oneAfterAnother<Phase, LinkEffect>;
export const before = effectsFirst<Phase, LinkEffect>;

/**
 * A phase stripped to what every phase knows: nothing of a layer that is gone stays behind, its keys least of
 * all.
 */
export const common = ({ policy, seeds, lcp, challenges, protocolRejects }: Started): Started => ({
  policy,
  seeds,
  lcp,
  challenges,
  protocolRejects,
});

/** Ends the link from our side: Terminate-Request, its Ack or two timeouts, `ended`. */
export function close(phase: Live, cause: LinkEnd, text: string): PhaseNext {
  const auth = "auth" in phase ? phase.auth : undefined;
  return terminate<Closing, LinkTimer>({ ...common(phase), at: "closing", auth, cause }, text, LINK_TIMERS);
}
