import type { StartKeys } from "../../crypto/start-keys.ts";

/** What comes of a log-in whose credentials were checked. */
export type LogInOutcome =
  | {
      readonly ok: true;
      /** MS-CHAPv2 alone: 20 octets, RFC 2759 §8.7; the link writes "S=" and upper-case hex. */
      readonly authenticatorResponse: Uint8Array | undefined;
      /** What MPPE may start with; empty after a method that gives no keys. */
      readonly keys: StartKeys;
      /** False: this user's device may go on in clear where it has no MPPE. */
      readonly encryptionRequired: boolean;
    }
  | { readonly ok: false; readonly failure: AuthFailure };

/** E= of a Failure (RFC 2759 §6). 648 lets the client change its password; to all else the answer is 691. */
export type AuthFailure = 691 | 648 | 709;
