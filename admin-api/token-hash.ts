import { createHash, timingSafeEqual } from "node:crypto";

/**
 * SHA-256 of a token. No salt or stretching: a token is 256 random bits, which nobody can guess from its
 * hash.
 */
export function tokenHash(token: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(token, "utf8").digest());
}

/** Is this one of the known hashes? Compares with every one of them in constant time. */
export function isKnownHash(hash: Uint8Array, known: readonly Uint8Array[]): boolean {
  let found = false;
  for (const one of known) {
    if (one.length === hash.length && timingSafeEqual(one, hash)) found = true;
  }
  return found;
}
