import { hash } from "node:crypto";
import { concat } from "../wire/bytes.ts";

/** SHA-1 (FIPS 180-4) of the parts one after the other, 20 octets. Not for packets: see `sha1-block.ts`. */
export function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(hash("sha1", concat(...parts), "buffer"));
}
