import { md4 } from "./md4.ts";

/**
 * NtPasswordHash (RFC 2759 §8.3), 16 octets: MD4 of the password in UTF-16LE. All of MS-CHAP starts from this
 * hash, so a store never needs the password; whoever has the hash can log in with it.
 *
 * The real code points, pairs of surrogates included: servers that widen octets never match a password with
 * an umlaut.
 */
export const ntPasswordHash = (password: string): Uint8Array => md4(Buffer.from(password, "utf16le"));

/** HashNtPasswordHash (RFC 2759 §8.4), 16 octets. */
export const ntPasswordHashHash = (ntHash: Uint8Array): Uint8Array => md4(ntHash);
