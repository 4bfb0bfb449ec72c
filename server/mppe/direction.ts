import type { MppeStrength } from "../crypto/mppe-keys.ts";

/** MPPE of one direction, as CCP agreed on it. */
export interface MppeDirection {
  /** The start key (RFC 3079 §2, §3): 16 octets for 128 bits, else 8. */
  readonly key: Uint8Array;
  readonly strength: MppeStrength;
  /**
   * True: the key changes with every packet, and none depends on another. False: RC4 goes on from packet to
   * packet.
   */
  readonly stateless: boolean;
}
