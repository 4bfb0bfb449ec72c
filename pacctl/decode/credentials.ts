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

/**
 * What was given for one user: the password as text, or its NT hash in 16 octets (RFC 2759 §8.3), which is
 * what most servers keep of it.
 */
export type Secret = string | Uint8Array;

/** Passwords or hashes by the name that a client logs in with. */
export interface Credentials {
  /**
   * Undefined: none was given for this name. In whatever spelling of it, with or without a domain in front.
   */
  secretOf(name: Uint8Array): Secret | undefined;
  /** Was any given? */
  readonly any: boolean;
}

export const NO_CREDENTIALS: Credentials = { any: false, secretOf: () => undefined };

/** Names and their passwords or hashes. */
export function credentialsOf(pairs: Iterable<readonly [name: string, secret: Secret]>): Credentials {
  const secrets = new Map<string, Secret>();
  for (const [name, secret] of pairs) secrets.set(plain(Buffer.from(name)), secret);
  return { any: secrets.size > 0, secretOf: (name) => secrets.get(plain(name)) };
}

const plain = (name: Uint8Array): string => nameKey(loginName(name));

/** As a sentence names it: `password`. */
export const secretNoun = (secret: Secret): string => (typeof secret === "string" ? "password" : "NT hash");

/** What a password, or its hash, says about a log-in. */
export interface Check {
  /** Was the client's answer made with it? */
  readonly right: boolean;
  /** What a Success of MS-CHAPv2 must begin with; undefined: the method proves nothing of the server. */
  readonly expected: string | undefined;
  /** From the server's point of view; empty where the method gives none, or the password is wrong. */
  readonly keys: StartKeys;
}

/**
 * Holds a password or its hash against what a client sent. Undefined where that cannot be: for a password
 * change, whose new password is not known, and for a hash and CHAP-MD5, which is made of the password itself.
 */
export function check(claim: Claim, secret: Secret): Check | undefined {
  switch (claim.method) {
    case "ms-chap-v2": {
      const hash = ntHashes(secret).find((one) => equalSecrets(ntResponse(claim, one), claim.ntResponse));
      if (hash === undefined) return WRONG;
      const proof = authenticatorResponse(claim, claim.ntResponse, hash);
      return {
        right: true,
        expected: formatAuthenticatorResponse(proof),
        keys: msChapV2StartKeys(hash, claim.ntResponse),
      };
    }
    case "ms-chap-v1": {
      const hash = ntHashes(secret).find((one) =>
        equalSecrets(challengeResponse(claim.challenge, one), claim.ntResponse),
      );
      if (hash === undefined) return WRONG;
      // The keys of 40 and 56 bits are made of the LAN Manager hash, which follows from the password alone.
      const lmHash = typeof secret === "string" ? lmPasswordHash(secret) : undefined;
      return { right: true, expected: undefined, keys: msChapV1StartKeys(hash, claim.challenge, lmHash) };
    }
    case "chap-md5": {
      if (typeof secret !== "string") return undefined;
      const { identifier, challenge, response } = claim;
      const right = equalSecrets(chapMd5Response(identifier, Buffer.from(secret), challenge), response);
      return { ...WRONG, right };
    }
    case "pap":
      return { ...WRONG, right: isPassword(claim.password, secret) };
    case "change-password":
      return undefined;
  }
}

const WRONG: Check = { right: false, expected: undefined, keys: {} };

/** PAP sends the password itself: in UTF-8, or in what Windows writes in western Europe. */
function isPassword(sent: Uint8Array, secret: Secret): boolean {
  if (typeof secret === "string") return equalSecrets(Buffer.from(secret), sent);
  const texts = [Buffer.from(sent).toString("utf8"), Buffer.from(sent).toString("latin1")];
  return texts.some((text) => equalSecrets(ntPasswordHash(text), secret));
}

/**
 * Any of which may have made a response: of the password in UTF-16, and of its UTF-8 octets widened, which is
 * what pppd's clients make of it.
 */
export function ntHashes(secret: Secret): readonly Uint8Array[] {
  if (typeof secret !== "string") return [secret];
  const widened = Buffer.from(secret, "utf8").toString("latin1");
  return [...new Set([secret, widened])].map(ntPasswordHash);
}
