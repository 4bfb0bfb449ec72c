import { type Octets, octets } from "../wire/units.ts";

/**
 * IPv4 20, GRE with sequence and acknowledgement 16, PPP and MPPE 8: what a tunnel adds to an inner packet.
 */
const OUTER_OVERHEAD = 44;
const ETHERNET = 1500;

/** MPPE's header and the inner protocol field stand inside the peer's MRU (RFC 3078 §2.1). */
const MPPE_OVERHEAD = 4;

/** What IPv4 must carry at least (RFC 791 §3.2). */
const LEAST = 68;

/** The largest inner packet for a peer that announced `peerMru`, never above what we send at `most`. */
export function innerMtu(most: Octets, peerMru: Octets, encrypted: boolean): Octets {
  const fits = peerMru - (encrypted ? MPPE_OVERHEAD : 0);
  return octets(Math.max(LEAST, Math.min(most, fits, ETHERNET - OUTER_OVERHEAD)));
}
