/** Ours: how many octets of a peer's text a trace or a verdict shows. */
const SHOWN = 64;

/**
 * Octets of a peer as text that is safe in a log, a terminal and JSON: printable ASCII as it stands, everything else
 * (and the backslash) as `\xNN`; cut after 64 octets with `…`.
 */
export function escapeText(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets.subarray(0, SHOWN)) {
    const printable = octet >= 0x20 && octet < 0x7f && octet !== 0x5c;
    text += printable ? String.fromCharCode(octet) : `\\x${octet.toString(16).padStart(2, "0")}`;
  }
  return octets.length > SHOWN ? `${text}…` : text;
}
