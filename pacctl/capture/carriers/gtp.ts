import { type Carrier, ip } from "./carrier.ts";

/** Flags, type of the message, length, tunnel (3GPP TS 29.281 §5.1). */
const HEADER = 8;
const VERSION_1 = 0x30;
const VERSION_MASK = 0xf0;
const WITH_MORE = 0x07;
const WITH_EXTENSIONS = 0x04;
const PACKET = 255;

/** Sequence number, N-PDU number, and the type of the first extension. */
const MORE = 4;

/** GTP-U, in which mobile networks carry the packets of their subscribers. */
export const gtp: Carrier = (bytes, from, to, up, damaged) => {
  if (from + HEADER > to || bytes[from + 1] !== PACKET) return undefined;
  const flags = bytes[from]!;
  if ((flags & VERSION_MASK) !== VERSION_1) return undefined;
  let at = from + HEADER;
  if ((flags & WITH_MORE) !== 0) at += MORE;
  if ((flags & WITH_EXTENSIONS) !== 0) {
    // Each extension says its length in units of four octets, and at its end the type of the next one.
    while (at < to && bytes[at - 1] !== 0) {
      if (bytes[at] === 0) return "malformed";
      at += 4 * bytes[at]!;
    }
  }
  return ip(bytes, at, to, up, damaged);
};
