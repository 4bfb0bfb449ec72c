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
const OTHERS: Readonly<Record<number, string>> = {
  1: "Padding",
  3: "ROHC",
  5: "ROHC-large-CID",
  35: "OSI",
  37: "XNS-IDP",
  39: "DECnet",
  41: "AppleTalk",
  43: "IPX",
  45: "VJ-compressed-TCP",
  47: "VJ-uncompressed-TCP",
  49: "Bridging",
  53: "VINES",
  61: "Multilink",
  63: "NetBIOS",
  71: "LuxCom",
  75: "SNA",
  77: "SNA-over-802.2",
  79: "IPv6-header-compression",
  83: "Encrypted",
  85: "Encrypted-link",
  97: "IPHC-full-header",
  251: "Compressed-link",
  513: "802.1d-hello",
  515: "IBM-source-routing",
  519: "CDP",
  641: "MPLS-unicast",
  643: "MPLS-multicast",
  32803: "OSINLCP",
  32805: "XNSCP",
  32807: "DNCP",
  32809: "ATCP",
  32811: "IPXCP",
  32817: "BCP",
  32821: "BVCP",
  32829: "MPCP",
  32831: "NBFCP",
  32843: "SNACP",
  32845: "SNA-802.2-CP",
  32847: "IP6CP-compression",
  32841: "SDCP",
  32851: "ECP",
  32853: "ILECP",
  33019: "ILCCP",
  33287: "CDPCP",
  33409: "MPLSCP",
  33411: "MPLSCP-multicast",
  49189: "LQR",
  49191: "SPAP",
  49195: "BACP",
  49197: "BAP",
  49243: "Vendor-authentication",
  49281: "Container-control",
  49701: "RSA-authentication",
  49705: "SIEP",
  49793: "Proprietary-authentication",
  49795: "Proprietary-authentication-2",
  50305: "Proprietary-node-ID",
};

const NAMES = new Map<number, string>([
  ...Object.entries(OTHERS).map(([number, name]): [number, string] => [Number(number), name]),
  ...Object.entries(PROTOCOL).map(([name, number]): [number, string] => [number, name.toUpperCase()]),
]);

/** `IPV6CP(8057)`, or the bare number in hexadecimal for one that pacd does not know. */
export function protocolName(protocol: number): string {
  const number = protocol.toString(16).padStart(4, "0");
  const name = NAMES.get(protocol);
  return name === undefined ? number : `${name}(${number})`;
}
