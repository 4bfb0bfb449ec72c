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
  cbcp: 0xc029,
  bacp: 0xc02b,
  chap: 0xc223,
  eap: 0xc227,
} as const;

/** From here on network control, and from 0xc000 on link control; below it data (RFC 1661 §2). */
export const FIRST_CONTROL = 0x4000;

/** From here on the control protocols of network layers, such as IPCP (RFC 1661 §2). */
export const FIRST_NETWORK_CONTROL = 0x8000;

/**
 * From here on protocols of the link, ways to authenticate among them: their octets may be passwords (RFC
 * 1661 §2).
 */
export const FIRST_LINK_CONTROL = 0xc000;

/** IPCP and its like. */
export const isNetworkControl = (protocol: number): boolean =>
  protocol >= FIRST_NETWORK_CONTROL && protocol < FIRST_LINK_CONTROL;

/** What others speak, for traces: IANA's list of PPP numbers. */
const OTHERS: readonly (readonly [number: number, name: string])[] = [
  [0x0001, "Padding"],
  [0x0003, "ROHC"],
  [0x0005, "ROHC-large-CID"],
  [0x0023, "OSI"],
  [0x0025, "XNS-IDP"],
  [0x0027, "DECnet"],
  [0x0029, "AppleTalk"],
  [0x002b, "IPX"],
  [0x002d, "VJ-compressed-TCP"],
  [0x002f, "VJ-uncompressed-TCP"],
  [0x0031, "Bridging"],
  [0x0035, "VINES"],
  [0x003d, "Multilink"],
  [0x003f, "NetBIOS"],
  [0x0047, "LuxCom"],
  [0x004b, "SNA"],
  [0x004d, "SNA-over-802.2"],
  [0x004f, "IPv6-header-compression"],
  [0x0053, "Encrypted"],
  [0x0055, "Encrypted-link"],
  [0x0061, "IPHC-full-header"],
  [0x00fb, "Compressed-link"],
  [0x0201, "802.1d-hello"],
  [0x0203, "IBM-source-routing"],
  [0x0207, "CDP"],
  [0x0281, "MPLS-unicast"],
  [0x0283, "MPLS-multicast"],
  [0x8023, "OSINLCP"],
  [0x8025, "XNSCP"],
  [0x8027, "DNCP"],
  [0x8029, "ATCP"],
  [0x802b, "IPXCP"],
  [0x8031, "BCP"],
  [0x8035, "BVCP"],
  [0x803d, "MPCP"],
  [0x803f, "NBFCP"],
  [0x8049, "SDCP"],
  [0x804b, "SNACP"],
  [0x804d, "SNA-802.2-CP"],
  [0x804f, "IP6CP-compression"],
  [0x8053, "ECP"],
  [0x8055, "ILECP"],
  [0x80fb, "ILCCP"],
  [0x8207, "CDPCP"],
  [0x8281, "MPLSCP"],
  [0x8283, "MPLSCP-multicast"],
  [0xc025, "LQR"],
  [0xc027, "SPAP"],
  [0xc02d, "BAP"],
  [0xc05b, "Vendor-authentication"],
  [0xc081, "Container-control"],
  [0xc225, "RSA-authentication"],
  [0xc229, "SIEP"],
  [0xc281, "Proprietary-authentication"],
  [0xc283, "Proprietary-authentication-2"],
  [0xc481, "Proprietary-node-ID"],
];

const NAMES = new Map<number, string>([
  ...OTHERS,
  ...Object.entries(PROTOCOL).map(([name, number]): [number, string] => [number, name.toUpperCase()]),
]);

/** `IPV6CP(8057)`, or the bare number in hexadecimal for one that pacd does not know. */
export function protocolName(protocol: number): string {
  const number = protocol.toString(16).padStart(4, "0");
  const name = NAMES.get(protocol);
  return name === undefined ? number : `${name}(${number})`;
}
