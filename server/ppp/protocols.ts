/** PPP Protocol field values that pacd knows (RFC 1661 §2 and the PPP numbers registry). */
export const PROTOCOL = {
  ip: 0x0021,
  ipv6: 0x0057,
  /** Compressed datagram: MPPE (RFC 3078 §3.1). */
  compressed: 0x00fd,
  ipcp: 0x8021,
  ipv6cp: 0x8057,
  ccp: 0x80fd,
  acscp: 0x8235,
  lcp: 0xc021,
  pap: 0xc023,
  chap: 0xc223,
  eap: 0xc227,
} as const;

/** From here on network control, and from 0xc000 on link control; below it data (RFC 1661 §2). */
export const FIRST_CONTROL = 0x4000;

/** From here on the control protocols of network layers, such as IPCP (RFC 1661 §2). */
export const FIRST_NETWORK_CONTROL = 0x8000;

const NAMES = new Map<number, string>(
  Object.entries(PROTOCOL).map(([name, number]) => [number, name.toUpperCase()]),
);

/** `IPV6CP(8057)`, or the bare number in hexadecimal for one that pacd does not know. */
export function protocolName(protocol: number): string {
  const number = protocol.toString(16).padStart(4, "0");
  const name = NAMES.get(protocol);
  return name === undefined ? number : `${name}(${number})`;
}
