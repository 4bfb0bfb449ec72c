/** How a client proves who it is; all but the first are weak. */
export type AuthMethod = "ms-chap-v2" | "ms-chap-v1" | "chap-md5" | "pap";

/** What a client proves itself with, to be checked against the store. `name`: octets, as received. */
export type Credentials =
  | MsChapV2Credentials
  | MsChapV1Credentials
  | ChapMd5Credentials
  | PapCredentials
  | PasswordChange;

/** RFC 2759 §4. */
export interface MsChapV2Credentials {
  readonly method: "ms-chap-v2";
  readonly name: Uint8Array;
  readonly authenticatorChallenge: Uint8Array;
  readonly peerChallenge: Uint8Array;
  readonly ntResponse: Uint8Array;
}

/** RFC 2433 §5: 8 octets of challenge, 24 of NT-Response. A LAN Manager response alone is not accepted. */
export interface MsChapV1Credentials {
  readonly method: "ms-chap-v1";
  readonly name: Uint8Array;
  readonly challenge: Uint8Array;
  readonly ntResponse: Uint8Array;
}

/** RFC 1994 §4.1: MD5 over identifier, secret and challenge. */
export interface ChapMd5Credentials {
  readonly method: "chap-md5";
  readonly name: Uint8Array;
  readonly identifier: number;
  readonly challenge: Uint8Array;
  readonly response: Uint8Array;
}

/** RFC 1334 §2.2. */
export interface PapCredentials {
  readonly method: "pap";
  readonly name: Uint8Array;
  readonly password: Uint8Array;
}

/** Change-Password, CHAP code 7 (RFC 2759 §7), after a Failure with E=648. */
export interface PasswordChange {
  readonly method: "change-password";
  /** From the Response before it. */
  readonly name: Uint8Array;
  /** C= of the Failure. */
  readonly authenticatorChallenge: Uint8Array;
  readonly peerChallenge: Uint8Array;
  readonly ntResponse: Uint8Array;
  /** 516 octets, under the old NT hash. */
  readonly encryptedPassword: Uint8Array;
  /** 16 octets: the old NT hash under the new one. */
  readonly encryptedHash: Uint8Array;
}
