import { concat } from "../wire/bytes.ts";
import { type Decoded, decoded, fault } from "../wire/decoded.ts";
import { equalSecrets } from "./constant-time.ts";
import { desEncrypt } from "./des.ts";
import { Rc4 } from "./rc4.ts";

/** The password's part of the block, 256 characters of UTF-16 (RFC 2759 §8.9). */
const PASSWORD = 512;

/** With its length behind it, 32 bits little-endian. */
const BLOCK = PASSWORD + 4;

/**
 * The new password out of Encrypted-Password (RFC 2759 §8.9 to §8.11), 516 octets under RC4 with the old NT
 * hash. Faults: `bad-length` for another size (at 0), and where the length inside is odd or beyond the field
 * (at 512), as it is for nearly every wrong hash. The block has no check of its own: believe it only after
 * `provesOldHash`.
 */
export function decryptNewPassword(encrypted: Uint8Array, oldNtHash: Uint8Array): Decoded<string> {
  if (encrypted.length !== BLOCK) return fault("bad-length", 0);
  const block = Buffer.from(encrypted); // a copy: the cipher works in place
  new Rc4(oldNtHash).apply(block);
  const length = block.readUInt32LE(PASSWORD);
  if (length % 2 !== 0 || length > PASSWORD) return fault("bad-length", PASSWORD);
  return decoded(block.toString("utf16le", PASSWORD - length, PASSWORD));
}

/**
 * Does Encrypted-Hash, 16 octets, say that the client knows the old password (RFC 2759 §8.12, §8.13)? It is
 * the old NT hash in two blocks under DES, with the halves of the new NT hash as keys.
 */
export const provesOldHash = (
  encryptedHash: Uint8Array,
  oldNtHash: Uint8Array,
  newNtHash: Uint8Array,
): boolean =>
  equalSecrets(
    encryptedHash,
    concat(
      desEncrypt(newNtHash.subarray(0, 7), oldNtHash.subarray(0, 8)),
      desEncrypt(newNtHash.subarray(7, 14), oldNtHash.subarray(8, 16)),
    ),
  );
