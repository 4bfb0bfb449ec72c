import { bytes } from "../bytes.ts";
import { ethernet } from "./frames.ts";
import { ETHERNET, IPV4, IPV6 } from "./link-frames.ts";

/** A frame that holds one GRE packet: what it is, of which link type. */
type LinkFrame = readonly [name: string, linkType: number, frame: Uint8Array];

const MACS = bytes`020000000001 020000000002`;
const LLC4 = bytes`aaaa 03 000000 0800`;
const DOT11 = bytes`08 02 0000 020000000001 020000000002 020000000003 1000`;

/** Tags, labels and frames between the Ethernet header and the packet. */
const STACKS: readonly LinkFrame[] = [
  ["PPPoE of a Multilink bundle", ETHERNET, bytes`${MACS} 8864 1100 0a1b 002e 003d c0000007 0021 ${IPV4}`],
  [
    "PPPoE of a Multilink bundle, short numbers",
    ETHERNET,
    bytes`${MACS} 8864 1100 0a1b 002b 003d c007 21 ${IPV4}`,
  ],
  ["PPPoE with a protocol of one octet", ETHERNET, bytes`${MACS} 8864 1100 0a1b 0027 21 ${IPV4} 0000`],
  ["PPPoE with a protocol of one octet, IPv6", ETHERNET, bytes`${MACS} 8864 1100 0a1b 003b 57 ${IPV6}`],
  [
    "MPLS",
    ETHERNET,
    bytes`
      ${MACS} 8847
      00064040 000c8140        labels 100 and 200, the second one at the bottom
      ${IPV4}
    `,
  ],
  ["MPLS, assigned upstream, IPv6", ETHERNET, bytes`${MACS} 8848 00064140 ${IPV6}`],
  [
    "Ethernet pseudowire with a control word",
    ETHERNET,
    bytes`${MACS} 8847 00064140 0000 0007 ${ethernet(IPV4)}`,
  ],
  ["Ethernet pseudowire without a control word", ETHERNET, bytes`${MACS} 8847 00064140 ${ethernet(IPV4)}`],
  [
    "Ethernet pseudowire without a control word, to a MikroTik whose address begins with 4",
    ETHERNET,
    bytes`${MACS} 8847 00064140 4c5e0c000001 020000000002 0800 ${IPV4}`,
  ],
  [
    "Ethernet pseudowire without a control word, to an address that begins with 6",
    ETHERNET,
    bytes`${MACS} 8847 00064140 6c3b6b000001 020000000002 8100 0064 0800 ${IPV4}`,
  ],
  [
    "Ethernet pseudowire with a control word, to an address of zeros in front",
    ETHERNET,
    bytes`${MACS} 8847 00064140 0000 0000 000c29000001 020000000002 0800 ${IPV4}`,
  ],
  [
    "VLANs, one in the other in the other",
    ETHERNET,
    bytes`${MACS} 88a8 0064 88a8 0065 8100 0066 0800 ${IPV4}`,
  ],
  [
    "VLAN, MPLS, pseudowire, VLAN",
    ETHERNET,
    bytes`${MACS} 8100 0064 8847 00064140 ${MACS} 8100 0065 0800 ${IPV4}`,
  ],
  ["provider backbone bridges", ETHERNET, bytes`${MACS} 88a8 0064 88e7 00001234 ${ethernet(IPV4)}`],
  ["E-TAG", ETHERNET, bytes`${MACS} 893f 000010010000 0800 ${IPV4}`],
  ["VN-TAG", ETHERNET, bytes`${MACS} 8926 80010002 0800 ${IPV4}`],
  ["CMD of Cisco", ETHERNET, bytes`${MACS} 8909 0101 0001 0064 0800 ${IPV4}`],
  ["HSR", ETHERNET, bytes`${MACS} 892f 0034 0001 0800 ${IPV4}`],
  ["R-TAG", ETHERNET, bytes`${MACS} f1c1 0000 0001 0800 ${IPV4}`],
  [
    "MACsec that only signs",
    ETHERNET,
    bytes`${MACS} 88e5 20 00 00000001 0200000000020001 0800 ${IPV4} ${new Uint8Array(16)}`,
  ],
  ["LLC in a frame longer than a length may say", ETHERNET, bytes`${MACS} 8870 ${LLC4} ${IPV4}`],
  ["LLC with the number of IP", ETHERNET, bytes`${MACS} 0029 0606 03 ${IPV4}`],
];

/** Other kinds of networks. */
const LINKS: readonly LinkFrame[] = [
  ["PPP", 9, bytes`ff03 0021 ${IPV4}`],
  ["PPP, address, control and protocol compressed", 9, bytes`57 ${IPV6}`],
  ["Token Ring", 6, bytes`10 40 ${MACS} ${LLC4} ${IPV4}`],
  ["Token Ring with a route", 6, bytes`10 40 020000000001 820000000002 0690 0011 0020 ${LLC4} ${IPV4}`],
  ["PPP in HDLC", 50, bytes`ff03 0057 ${IPV6}`],
  ["Cisco's HDLC under the number of PPP", 50, bytes`0f00 0800 ${IPV4}`],
  ["Cisco's HDLC", 104, bytes`8f00 86dd ${IPV6}`],
  ["PPP under the number of Cisco's HDLC", 104, bytes`ff03 0021 ${IPV4}`],
  ["PPPoE without Ethernet", 51, bytes`1100 0a1b 0028 0021 ${IPV4}`],
  ["PPP of pppd, sent", 166, bytes`01 03 0021 ${IPV4}`],
  ["PPP with a direction", 204, bytes`00 ff03 0021 ${IPV4}`],
  ["FDDI", 10, bytes`50 ${MACS} ${LLC4} ${IPV4}`],
  ["ATM, LLC", 100, bytes`${LLC4} ${IPV4}`],
  ["ATM, bridged Ethernet", 100, bytes`aaaa 03 0080c2 0007 0000 ${ethernet(IPV4)}`],
  ["Frame Relay", 107, bytes`1841 03 cc ${IPV4}`],
  ["Frame Relay, SNAP", 107, bytes`1841 03 00 80 000000 0800 ${IPV4}`],
  ["Frame Relay of Cisco", 107, bytes`1841 0800 ${IPV4}`],
  ["IPsec of OpenBSD, decrypted", 109, bytes`02000000 00001000 00000003 ${IPV4}`],
  [
    "what pf of OpenBSD logs",
    117,
    bytes`
      3d 02 00 00                            61 octets, AF_INET, passed, by a rule
      656d3000000000000000000000000000       interface
      00000000000000000000000000000000       ruleset
      00000001 ffffffff                      rule, sub-rule
      00000000 00000000 00000000 00000000    users and processes
      01 000000                              inwards; padding
      ${IPV4}
    `,
  ],
  ["Prism", 119, bytes`44000000 90000000 ${new Uint8Array(136)} ${DOT11} ${LLC4} ${IPV4}`],
  [
    "Prism of a big-endian host",
    119,
    bytes`00000044 00000090 ${new Uint8Array(136)} ${DOT11} ${LLC4} ${IPV4}`,
  ],
  [
    "AVS under the number of Prism",
    119,
    bytes`80211001 00000040 ${new Uint8Array(56)} ${DOT11} ${LLC4} ${IPV4}`,
  ],
  ["AVS", 163, bytes`80211001 00000040 ${new Uint8Array(56)} ${DOT11} ${LLC4} ${IPV4}`],
  ["IP over Fibre Channel", 122, bytes`0000020000000001 0000020000000002 ${LLC4} ${IPV4}`],
  ["IP over FireWire", 138, bytes`0200000000000001 0200000000000002 0800 ${IPV4}`],
  ["Ethernet of Juniper", 178, bytes`4d4743 81 0006 0101 01 0201 01 ${ethernet(IPV4)}`],
  ["Juniper, without the header of the network", 178, bytes`4d4743 02 02000000 ${IPV4}`],
  ["PPP of Juniper", 179, bytes`4d4743 80 0000 ff03 0021 ${IPV4}`],
  ["Frame Relay of Juniper", 180, bytes`4d4743 80 0000 1841 03 cc ${IPV4}`],
  ["Cisco's HDLC of Juniper", 181, bytes`4d4743 80 0000 0f00 0800 ${IPV4}`],
  ["ERF, Ethernet", 197, bytes`0000000000000001 02 04 0044 0000 0034 0000 ${ethernet(IPV4)}`],
  [
    "ERF with extensions, HDLC",
    197,
    bytes`0000000000000001 81 04 0046 0000 002a 8300000000000000 0300000000000000 0f00 0800 ${IPV4}`,
  ],
  ["ERF, IP", 197, bytes`0000000000000001 16 04 0036 0000 0026 ${IPV4}`],
  ["Cisco's HDLC with a direction", 205, bytes`00 0f00 0800 ${IPV4}`],
  ["Frame Relay with a direction", 206, bytes`01 1841 03 cc ${IPV4}`],
  ["PPI, 802.11", 192, bytes`00 00 0800 69000000 ${DOT11} ${LLC4} ${IPV4}`],
  ["PPI, Ethernet", 192, bytes`00 00 0800 01000000 ${ethernet(IPV4)}`],
  ["MPLS", 219, bytes`00064140 ${IPV4}`],
  [
    "IPNET of Solaris",
    226,
    bytes`
      01 02 0002 0000003a                    version, AF_INET, outwards, 58 octets
      00000001 00000000 00000000 00000000    interfaces, zones
      ${IPV4}
    `,
  ],
  ["NFLOG", 239, bytes`02 00 0000 0800 0100 0800 01 00 0500 0a00 61000000 2a00 0900 ${IPV4}`],
  ["NFLOG of a big-endian host", 239, bytes`02 00 0000 0008 0001 0800 01 00 002a 0009 ${IPV4}`],
  ["netANALYZER", 240, bytes`00000000 ${ethernet(IPV4)}`],
  [
    "PKTAP of macOS, Ethernet",
    258,
    bytes`6c000000 01000000 01000000 656e3000 ${new Uint8Array(92)} ${ethernet(IPV4)}`,
  ],
  [
    "PKTAP of macOS, loopback",
    258,
    bytes`6c000000 01000000 00000000 6c6f3000 ${new Uint8Array(92)} 02000000 ${IPV4}`,
  ],
  ["PKTAP of macOS, raw", 258, bytes`6c000000 01000000 0c000000 7574756e ${new Uint8Array(92)} ${IPV4}`],
  ["Ethernet with its preamble", 274, bytes`55555555555555d5 ${ethernet(IPV4)}`],
  ["tag of a Broadcom switch", 281, bytes`${MACS} 00000001 0800 ${IPV4}`],
  ["tag of a Marvell switch", 282, bytes`${MACS} 00010000 0800 ${IPV4}`],
];

export const MORE_LINKS: readonly LinkFrame[] = [...STACKS, ...LINKS];
