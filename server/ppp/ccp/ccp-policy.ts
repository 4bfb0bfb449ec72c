import type { MppeStrength } from "../../crypto/mppe-keys.ts";

/** What MPPE may be agreed to: what the administrator allows, as far as the log-in has keys for it. */
export interface CcpPolicy {
  /** The longest first; at least one. */
  readonly strengths: readonly MppeStrength[];
  /** May it be the stateful mode? */
  readonly stateful: boolean;
}
