/** What ASCII calls its control characters, from 0 on; 17 and 19 as people who press the keys do. */
const NAMES = (
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI " +
  "DLE XON DC2 XOFF DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
).split(" ");

/**
 * An Async-Control-Character-Map in words (RFC 1662 §7.1): bit n, the lowest first, stands for character n,
 * which the sender is to escape.
 */
export function characterMap(map: number): string {
  if (map === 0) return "no character";
  if (map >>> 0 === 0xffffffff) return "all control characters";
  return NAMES.filter((_, character) => ((map >>> character) & 1) === 1).join(" ");
}
