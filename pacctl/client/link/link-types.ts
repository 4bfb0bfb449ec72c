import type { MppeStrength } from "../../../server/crypto/mppe-keys.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import type { CarriedEffect } from "../../../server/ppp/link-common/effects.ts";
import type { Framing } from "../../../server/ppp/link-common/framing.ts";
import type { LinkEncryption, SetKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import type { Termination } from "../../../server/ppp/terminate-data.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import type { Octets } from "../../../server/wire/units.ts";

/** What the one who dials wants. */
export interface LinkSettings {
  /** Our MRU. */
  readonly mru: Octets;
  /** How we may prove ourselves, the one that we would rather have first; at least one. */
  readonly authentication: readonly AuthMethod[];
  /** Key lengths of MPPE that will do, the longest first; none: no encryption. */
  readonly strengths: readonly MppeStrength[];
  readonly user: string;
  /** A secret: it stays inside the machine. */
  readonly password: string;
}

/** Random values, handed in so that the machine is pure. */
export interface LinkSeeds {
  readonly magic: number;
  /** 16 octets, for MS-CHAPv2 (RFC 2759 §4). */
  readonly peerChallenge: Uint8Array;
}

export type LinkTimer =
  | "lcp-restart"
  /** No Challenge yet, or nothing has come of our answer. */
  | "auth"
  | "ccp-restart"
  | "ipcp-restart"
  | "echo"
  | "terminate";

export const LINK_TIMERS: readonly LinkTimer[] = [
  "lcp-restart",
  "auth",
  "ccp-restart",
  "ipcp-restart",
  "echo",
  "terminate",
];

export type LinkEvent =
  /** The call is up. */
  | { readonly type: "start" }
  /** A PPP frame as GRE carried it. */
  | { readonly type: "frame"; readonly frame: Uint8Array }
  | { readonly type: "timer"; readonly timer: LinkTimer }
  /** Inner packets came lately: as good as an Echo-Reply. */
  | { readonly type: "alive" }
  | { readonly type: "close" };

export type LinkEffect =
  | CarriedEffect<LinkTimer>
  | SetKeys
  /** A stage of the dial is done; stands before what the next one sends. */
  | { readonly do: "reached"; readonly stage: Reached }
  /** The address is agreed: packets may flow. */
  | { readonly do: "open-network"; readonly network: Network }
  /** The cause is known; the Terminate-Request or what answers it is still under way. */
  | { readonly do: "failed"; readonly cause: LinkFailure }
  /** The last effect. */
  | { readonly do: "ended"; readonly cause: LinkEnd };

export type Reached =
  | { readonly name: "lcp"; readonly peerMru: Octets; readonly method: AuthMethod | undefined }
  /** `proven`: the server has proved that it knows the password, too. */
  | { readonly name: "auth"; readonly method: AuthMethod | undefined; readonly proven: boolean }
  | { readonly name: "ccp"; readonly encryption: LinkEncryption }
  | {
      readonly name: "ipcp";
      readonly address: Ipv4;
      readonly server: Ipv4 | undefined;
      readonly dns: readonly Ipv4[];
    };

export interface Network extends Framing {
  readonly address: Ipv4;
  /** The server's own address inside, where it told. */
  readonly server: Ipv4 | undefined;
  readonly dns: readonly Ipv4[];
}

export type LinkEnd = { readonly code: "closed" } | LinkFailure;

export type LinkFailure =
  | { readonly code: "lcp-unanswered" }
  | { readonly code: "lcp-not-agreed"; readonly option: string }
  | { readonly code: "loop" }
  /** The server wants a method that we may not use, and nothing else. */
  | { readonly code: "auth-method-refused" }
  | { readonly code: "auth-unanswered" }
  /** `error`: E= of an MS-CHAP Failure (RFC 2759 §6); `text`: as the server said it, printable. */
  | { readonly code: "auth-refused"; readonly error: number | undefined; readonly text: string }
  /** S= of the Success is missing or wrong: this server does not know the password (RFC 2759 §5). */
  | { readonly code: "server-not-proven" }
  | { readonly code: "mppe-refused"; readonly how: MppeRefusal }
  /** The server's Terminate-Request of CCP, before CCP was open. */
  | { readonly code: "mppe-refused"; readonly how: "terminated"; readonly said: Termination }
  | { readonly code: "mppe-renegotiated" }
  | { readonly code: "lcp-renegotiated" }
  /** `said`: by the server's Terminate-Request of IPCP. */
  | { readonly code: "ipcp-not-agreed"; readonly said?: Termination }
  | { readonly code: "ipcp-unanswered" }
  | { readonly code: "echo-unanswered" }
  /** The server's Terminate-Request: of LCP, or of what stands on it once the tunnel was up. */
  | { readonly code: "peer-terminated"; readonly said: Termination };

export type MppeRefusal =
  | "protocol-reject"
  | "configure-reject"
  | "no-common-mode"
  | "unanswered"
  /** The method of authentication gives no keys. */
  | "no-keys";
