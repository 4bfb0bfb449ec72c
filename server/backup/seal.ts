import { BLOCK, memberHeader } from "./tar.ts";

/** The last member: a checksum of every octet that stands before it. */
export const SEAL = "sha256";

/** Header, checksum, and the two empty blocks that end a tar archive. */
export const SEAL_LENGTH = 4 * BLOCK;

/** The end of an archive. `digest`: SHA-256 of all before it, in hexadecimal. */
export function seal(digest: string, at: number): Uint8Array {
  const text = `${digest}\n`;
  const octets = new Uint8Array(SEAL_LENGTH);
  octets.set(memberHeader({ name: SEAL, size: text.length, at }));
  octets.set(Buffer.from(text, "latin1"), BLOCK);
  return octets;
}
