import { u16 } from "../files/octets.ts";
import { type Carrier, typed } from "./carrier.ts";

/** Version and length of the options in units of four octets, flags, protocol type, network identifier. */
const HEADER = 8;
const VERSION = 0xc0;
const OPTIONS = 0x3f;

/** Generic Network Virtualization Encapsulation (RFC 8926 §3.4): an Ethernet frame, or IP. */
export const geneve: Carrier = (bytes, from, to, up, damaged) => {
  if (from + HEADER > to || (bytes[from]! & VERSION) !== 0) return undefined;
  const options = (bytes[from]! & OPTIONS) * 4;
  return typed(u16(bytes, from + 2), bytes, from + HEADER + options, to, up, damaged);
};
