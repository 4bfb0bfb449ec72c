import { chapMd5Response } from "../../server/crypto/chap-md5.ts";
import { equalSecrets } from "../../server/crypto/constant-time.ts";
import { lmPasswordHash } from "../../server/crypto/lm-hash.ts";
import { challengeResponse } from "../../server/crypto/ms-chap-v1.ts";
import {
  authenticatorResponse,
  formatAuthenticatorResponse,
  ntResponse,
} from "../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import type { StartKeys } from "../../server/crypto/start-keys.ts";
import { msChapV1StartKeys, msChapV2StartKeys } from "../../server/crypto/start-keys.ts";
import { loginName } from "../../server/names/login-name.ts";
import { nameKey } from "../../server/names/user-name.ts";
import type { Credentials as Claim } from "../../server/ppp/auth/credentials.ts";

/** Passwords by the name that a client logs in with. */
export interface Credentials {
  /**
   * Undefined: none was given for this name. In whatever spelling of it, with or without a domain in front.
   */
  passwordOf(name: Uint8Array): string | undefined;
  /** Was any given? */
  readonly any: boolean;
}

export const NO_CREDENTIALS: Credentials = { any: false, passwordOf: () => undefined };

/** Names and their passwords. */
export function credentialsOf(pairs: Iterable<readonly [name: string, password: string]>): Credentials {
  const passwords = new Map<string, string>();
  for (const [name, password] of pairs) passwords.set(plain(Buffer.from(name)), password);
  return { any: passwords.size > 0, passwordOf: (name) => passwords.get(plain(name)) };
}

const plain = (name: Uint8Array): string => nameKey(loginName(name));

/** What a password says about a log-in. */
export interface Check {
  /** Was the client's answer made with it? */
  readonly right: boolean;
  /** What a Success of MS-CHAPv2 must begin with; undefined: the method proves nothing of the server. */
  readonly expected: string | undefined;
  /** From the server's point of view; empty where the method gives none, or the password is wrong. */
  readonly keys: StartKeys;
}

/**
 * Holds a password against what a client sent. Undefined for a password change: its new password is not
 * known.
 */
export function check(claim: Claim, password: string): Check | undefined {
  switch (claim.method) {
    case "ms-chap-v2": {
      const hash = hashes(password).find((one) => equalSecrets(ntResponse(claim, one), claim.ntResponse));
      if (hash === undefined) return WRONG;
      const proof = authenticatorResponse(claim, claim.ntResponse, hash);
      return {
        right: true,
        expected: formatAuthenticatorResponse(proof),
        keys: msChapV2StartKeys(hash, claim.ntResponse),
      };
    }
    case "ms-chap-v1": {
      const hash = hashes(password).find((one) =>
        equalSecrets(challengeResponse(claim.challenge, one), claim.ntResponse),
      );
      if (hash === undefined) return WRONG;
      const keys = msChapV1StartKeys(hash, claim.challenge, lmPasswordHash(password));
      return { right: true, expected: undefined, keys };
    }
    case "chap-md5": {
      const right = equalSecrets(
        chapMd5Response(claim.identifier, Buffer.from(password), claim.challenge),
        claim.response,
      );
      return { ...WRONG, right };
    }
    case "pap":
      return { ...WRONG, right: equalSecrets(Buffer.from(password), claim.password) };
    case "change-password":
      return undefined;
  }
}

const WRONG: Check = { right: false, expected: undefined, keys: {} };

/** Of the password in UTF-16, and of its UTF-8 octets widened, which is what pppd's clients make of it. */
function hashes(password: string): readonly Uint8Array[] {
  const widened = Buffer.from(password, "utf8").toString("latin1");
  return [...new Set([password, widened])].map(ntPasswordHash);
}
