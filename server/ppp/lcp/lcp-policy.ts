import type { Octets } from "../../wire/units.ts";

/** What LCP asks for. */
export interface LcpPolicy {
  /** Our MRU. */
  readonly mru: Octets;
  /** Our first Magic-Number, not zero. */
  readonly magic: number;
}
