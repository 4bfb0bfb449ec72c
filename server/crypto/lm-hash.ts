import { concat } from "../wire/bytes.ts";
import { desEncrypt } from "./des.ts";

/** The block that every LmPasswordHash encrypts: "KGS!@#$%" (RFC 2433 §A.3). */
const STANDARD_TEXT = Buffer.from("KGS!@#$%", "latin1");

/** A LAN Manager password has at most so many characters (RFC 2433 §A.2). */
const LM_PASSWORD_LENGTH = 14;

/**
 * LmPasswordHash (RFC 2433 §A.2), 16 octets: only the 40- and 56-bit keys of MS-CHAPv1 need it.
 *
 * Undefined where the password has none: longer than 14 characters, or outside ASCII, where the hash would
 * depend on the client's code page.
 */
export function lmPasswordHash(password: string): Uint8Array | undefined {
  if (password.length > LM_PASSWORD_LENGTH || /[^ -~]/.test(password)) return undefined;
  const padded = new Uint8Array(LM_PASSWORD_LENGTH);
  padded.set(Buffer.from(password.toUpperCase(), "latin1"));
  return concat(
    desEncrypt(padded.subarray(0, 7), STANDARD_TEXT),
    desEncrypt(padded.subarray(7, 14), STANDARD_TEXT),
  );
}
