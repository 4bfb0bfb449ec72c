const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const X = 0x78;

/**
 * Octets of a stranger as one line that is safe in a log, a terminal, quotes and JSON: ASCII as it is, a
 * quote as `\"`, all that is not printable ASCII as `\xNN`. Cut with `…` after `limit` octets.
 *
 * A backslash is itself, so that `CORP\anna` reads as it was typed. Only where it would look like the
 * beginning of one of these escapes, or stands at the end, where it would swallow a quote, is it `\x5c`: what
 * the octets were shows without a doubt.
 */
export function printable(bytes: Uint8Array, limit = 64): string {
  const text = escaped(bytes.subarray(0, limit), true);
  return bytes.length > limit ? `${text}…` : text;
}

/** The same, whole, where no quotes stand around it: a quote is itself, and `\xNN` the only escape. */
export const bare = (bytes: Uint8Array): string => escaped(bytes, false);

function escaped(bytes: Uint8Array, inQuotes: boolean): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 1) {
    const octet = bytes[at]!;
    if (octet === QUOTE && inQuotes) text += '\\"';
    else if (octet === BACKSLASH) text += misleads(bytes, at + 1, inQuotes) ? "\\x5c" : "\\";
    else if (octet >= 0x20 && octet < 0x7f) text += String.fromCharCode(octet);
    else text += `\\x${octet.toString(16).padStart(2, "0")}`;
  }
  return text;
}

/** Would a backslash before octet `at` be read as an escape? */
function misleads(bytes: Uint8Array, at: number, inQuotes: boolean): boolean {
  if (inQuotes && (at >= bytes.length || bytes[at] === QUOTE)) return true;
  return bytes[at] === X && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]);
}

/** ASCII that a person can read, and nothing else? */
export const isText = (bytes: Uint8Array): boolean => bytes.every((octet) => octet >= 0x20 && octet < 0x7f);

/** A hexadecimal one. */
const isDigit = (octet = 0): boolean =>
  (octet >= 0x30 && octet <= 0x39) || ((octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x66);
