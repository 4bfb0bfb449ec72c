import { createHash } from "node:crypto";

/**
 * SHA-256 of a token. No salt or stretching: a token is 256 random bits, which nobody can guess from its
 * hash.
 */
export function tokenHash(token: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(token, "utf8").digest());
}
