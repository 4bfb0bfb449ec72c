/**
 * Octets of a stranger as one line that is safe in a log, a terminal and JSON: ASCII as it is, the rest as \xNN, at
 * most `limit` octets.
 */
export function printable(bytes: Uint8Array, limit = 64): string {
  let text = "";
  for (const octet of bytes.subarray(0, limit)) {
    if (octet === 0x5c) text += "\\\\";
    else if (octet >= 0x20 && octet < 0x7f) text += String.fromCharCode(octet);
    else text += `\\x${octet.toString(16).padStart(2, "0")}`;
  }
  return bytes.length > limit ? `${text}…` : text;
}
