import type { MppeStrength } from "../../../../server/crypto/mppe-keys.ts";

/**
 * One published test vector. Octets are in hexadecimal; names, passwords and authenticator responses are
 * text. Each field of `expected` becomes a test.
 */
export interface Vector {
  /** Unique; says where it comes from. */
  readonly id: string;
  readonly source: string;
  /** What the source prints wrongly. The values here are the right ones. */
  readonly erratum?: string;
  /** Of an MPPE key. */
  readonly strength?: MppeStrength;
  readonly inputs: Inputs;
  readonly expected: Readonly<Record<string, string | number>>;
}

export type Inputs = Readonly<Record<string, string | number>>;
