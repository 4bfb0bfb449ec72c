import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** Octets that are drawn for a token. */
const RANDOM = 32;

/**
 * A new API token: "pacd_", 32 random octets and a CRC-32 of what stands before it, both in base64url.
 * Whoever scans a repository or a log for secrets finds it by `pacd_[A-Za-z0-9_-]{49}`, and knows by the
 * checksum that it is one.
 */
export function newTokenText(): string {
  const body = `pacd_${randomBytes(RANDOM).toString("base64url")}`;
  return body + checksum(body);
}

/** Does it look like a token of ours: the form of now with its checksum, or that of before? */
export function isTokenText(text: string): boolean {
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return true;
  return /^pacd_[A-Za-z0-9_-]{49}$/.test(text) && text.slice(-6) === checksum(text.slice(0, -6));
}

function checksum(text: string): string {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(crc32(text));
  return octets.toString("base64url");
}
