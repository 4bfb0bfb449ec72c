import type { Octets } from "../../wire/units.ts";
import type { AuthMethod } from "../auth/credentials.ts";

/** What LCP asks for. */
export interface LcpPolicy {
  /** Our MRU. */
  readonly mru: Octets;
  /** Our first Magic-Number, not zero. */
  readonly magic: number;
  /** How the client may authenticate itself, the method that is offered first; at least one. */
  readonly authentication: readonly AuthMethod[];
}
