/**
 * Octets of a stranger as one line that is safe in a log, a terminal, quotes and JSON: ASCII as it is, quote
 * and backslash behind a backslash, the rest as \xNN. Cut with `…` after `limit` octets.
 */
export function printable(bytes: Uint8Array, limit = 64): string {
  let text = "";
  for (const octet of bytes.subarray(0, limit)) {
    if (octet === 0x22 || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`;
    else if (octet >= 0x20 && octet < 0x7f) text += String.fromCharCode(octet);
    else text += `\\x${octet.toString(16).padStart(2, "0")}`;
  }
  return bytes.length > limit ? `${text}…` : text;
}
