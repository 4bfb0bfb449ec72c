import type { Octets } from "../../wire/units.ts";
import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import { addressFieldCompression } from "../lcp/address-field-compression.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { mru } from "../lcp/mru.ts";
import { protocolFieldCompression } from "../lcp/protocol-field-compression.ts";
import type { Negotiation } from "../negotiation/negotiation.ts";
import { encryptionOf, type LinkEncryption } from "./mppe-keys.ts";

/** How packets of the session go to the peer. */
export interface Framing {
  /** What the peer said it can receive (LCP MRU, 1500 where it said nothing). */
  readonly peerMru: Octets;
  /** May the peer be sent frames without FF 03, and protocols of one octet? */
  readonly acfc: boolean;
  readonly pfc: boolean;
  readonly encryption: LinkEncryption;
}

/** What LCP and, where there is one, CCP agreed on. */
export const framingOf = (
  { accepted }: Negotiation<LcpPolicy>,
  ccp: Negotiation<CcpPolicy> | undefined,
): Framing => ({
  peerMru: mru.in(accepted),
  acfc: addressFieldCompression.in(accepted),
  pfc: protocolFieldCompression.in(accepted),
  encryption: encryptionOf(ccp),
});
