/** PPP protocol numbers that the packet loop looks at (RFC 1661 §2, RFC 1332, RFC 1962). */
export const IPV4 = 0x0021;
/** A compressed or encrypted datagram: MPPE. */
export const COMPRESSED = 0x00fd;
/** From here on network control, and from 0xc000 on link control; below it data. */
export const FIRST_CONTROL = 0x4000;
