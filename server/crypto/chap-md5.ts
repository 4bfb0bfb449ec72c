import { hash } from "node:crypto";
import { concat } from "../wire/bytes.ts";

/**
 * The response to a CHAP challenge with MD5 (RFC 1994 §4.1), 16 octets. Needs the secret itself, not a hash
 * of it.
 */
export function chapMd5Response(identifier: number, secret: Uint8Array, challenge: Uint8Array): Uint8Array {
  return Uint8Array.from(hash("md5", concat(Uint8Array.of(identifier), secret, challenge), "buffer"));
}
