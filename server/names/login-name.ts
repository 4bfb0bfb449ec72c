/**
 * The name that a client logs in with: UTF-8, or where the octets are not, Windows-1252, which is Latin-1 and
 * more; without a `DOMAIN\\` prefix (RFC 2759 §8 hashes it without one as well). `user@realm` stays whole.
 */
export function loginName(octets: Uint8Array): string {
  const text = decode(octets);
  return text.slice(text.lastIndexOf("\\") + 1);
}

/** A stranger's text for a record: control and format characters escaped, at most 256 characters. */
export const safeText = (text: string): string =>
  text.slice(0, 256).replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** What Windows sends in western Europe and America. It takes every octet. */
const WESTERN = new TextDecoder("windows-1252");

function decode(octets: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return WESTERN.decode(octets);
  }
}
