import { type Octets, octets } from "../../server/wire/units.ts";

/** IPv4 20, GRE with sequence and acknowledgement 16, PPP and MPPE 8: what a tunnel adds to an inner packet. */
const OUTER_OVERHEAD = 44;
const ETHERNET = 1500;

/** MPPE's header and the inner protocol field stand inside the peer's MRU (RFC 3078 §2.1). */
const MPPE_OVERHEAD = 4;

/** What IPv4 must carry at least (RFC 791 §3.2). */
const LEAST = 68;

/** Ours: what we ask to be sent at most, and send at most: fits Ethernet with all that stands around it. */
export const MRU: Octets = octets(1400);

/** The largest inner packet towards a server that announced `peerMru`. */
export function tunnelMtu(peerMru: Octets, encrypted: boolean): Octets {
  const fits = peerMru - (encrypted ? MPPE_OVERHEAD : 0);
  return octets(Math.max(LEAST, Math.min(MRU, fits, ETHERNET - OUTER_OVERHEAD)));
}
