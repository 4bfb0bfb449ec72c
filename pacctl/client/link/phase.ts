import type { StartKeys } from "../../../server/crypto/start-keys.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import type { AgreedModes } from "../../../server/ppp/ccp/agreed-modes.ts";
import type { CcpPolicy } from "../../../server/ppp/ccp/ccp-policy.ts";
import type { LcpPolicy } from "../../../server/ppp/lcp/lcp-policy.ts";
import { type ClosingLink, type EndedLink, terminate } from "../../../server/ppp/link-common/closing.ts";
import {
  effectsFirst,
  oneAfterAnother,
  type Transition,
} from "../../../server/ppp/link-common/transition.ts";
import type { Negotiation } from "../../../server/ppp/negotiation/negotiation.ts";
import type { Packet } from "../../../server/ppp/packet.ts";
import {
  LINK_TIMERS,
  type LinkEffect,
  type LinkEnd,
  type LinkSeeds,
  type LinkSettings,
  type LinkTimer,
} from "./link-types.ts";
import type { Proof } from "./proof.ts";

/** Where the link stands; each phase waits for one thing. */
export type Phase = Idle | Establishing | Authenticating | Encrypting | Networking | Closing | Ended;

export interface Idle {
  readonly at: "idle";
  readonly settings: LinkSettings;
  readonly seeds: LinkSeeds;
}

export interface Started {
  readonly settings: LinkSettings;
  readonly seeds: LinkSeeds;
  readonly lcp: Negotiation<LcpPolicy>;
  /** Protocol-Rejects sent. */
  readonly protocolRejects: number;
}

export interface Establishing extends Started {
  readonly at: "establishing";
}

/** The Challenge is waited for, or what comes of our answer to it. */
export interface Authenticating extends Started {
  readonly at: "authenticating";
  readonly method: AuthMethod;
  /** What went out last, and goes out again while nothing comes of it. */
  readonly sent: Packet | undefined;
  /** Undefined before a Challenge, and for PAP. */
  readonly proof: Proof | undefined;
  readonly waits: number;
}

/** CCP negotiates. */
export interface Encrypting extends Started {
  readonly at: "encrypting";
  readonly method: AuthMethod | undefined;
  readonly ccp: Negotiation<CcpPolicy>;
  readonly keys: StartKeys;
  readonly installed: AgreedModes | undefined;
  /** The server's latest IPCP Configure-Request, which came before its time. */
  readonly held: Packet | undefined;
}

/** IPCP negotiates, or the session is up. */
export interface Networking extends Started {
  readonly at: "networking" | "up";
  readonly method: AuthMethod | undefined;
  readonly ccp: Negotiation<CcpPolicy> | undefined;
  readonly ipcp: Negotiation<undefined>;
  /** Echo-Requests since the last sign of life. */
  readonly unanswered: number;
}

export interface Closing extends Started, ClosingLink {
  readonly at: "closing";
  readonly lcp: Negotiation<LcpPolicy>;
  readonly cause: LinkEnd;
}

export type Ended = EndedLink<LinkEnd>;

export type Live = Establishing | Authenticating | Encrypting | Networking;

export type PhaseNext = Transition<Phase, LinkEffect>;

export const andThen = oneAfterAnother<Phase, LinkEffect>;
export const before = effectsFirst<Phase, LinkEffect>;

/** What every phase knows, and nothing of the layers above LCP. */
export const common = ({ settings, seeds, lcp, protocolRejects }: Started): Started => ({
  settings,
  seeds,
  lcp,
  protocolRejects,
});

/** What our Terminate-Request says: a server's log may show it. */
const TEXT = "pacctl hangs up";

/** Ends the link from our side: Terminate-Request, its Ack or two timeouts, `ended`. */
export function close(phase: Live, cause: LinkEnd): PhaseNext {
  const failed: readonly LinkEffect[] = cause.code === "closed" ? [] : [{ do: "failed", cause }];
  const closing: Closing = { ...common(phase), at: "closing", cause };
  return before(failed, terminate<Closing, LinkTimer>(closing, TEXT, LINK_TIMERS));
}
