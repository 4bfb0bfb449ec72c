/** Ethertypes (IEEE 802 Numbers) that hold IP, perhaps below other headers. */
export const ETHERTYPE = {
  ipv4: 0x0800,
  arp: 0x0806,
  /** Transparent Ethernet Bridging: a whole frame, in GRE, GENEVE and the like. */
  ethernet: 0x6558,
  ipv6: 0x86dd,
  mpls: 0x8847,
  mplsUpstream: 0x8848,
  pppoeSession: 0x8864,
  macsec: 0x88e5,
  /** LLC in a frame that is longer than a length may say. */
  jumboLlc: 0x8870,
} as const;

/**
 * Tags before another Ethertype: octets of each up to that Ethertype. 802.1Q and 802.1ad, what switches used
 * for QinQ before that was written, and tags of switches, hosts and redundant rings.
 */
export const TAGS: ReadonlyMap<number, number> = new Map([
  [0x8100, 2],
  [0x88a8, 2],
  [0x9100, 2],
  [0x9200, 2],
  [0x9300, 2],
  [0x893f, 6], // E-TAG, IEEE 802.1BR
  [0x8926, 4], // VN-TAG of Cisco
  [0x8909, 6], // CMD of Cisco, with a security group
  [0x892f, 4], // HSR, IEC 62439-3
  [0xf1c1, 4], // R-TAG, IEEE 802.1CB
]);

/** Ethertypes behind which a whole Ethernet frame stands: octets before it. */
export const FRAMES_INSIDE: ReadonlyMap<number, number> = new Map([
  [ETHERTYPE.ethernet, 0],
  [0x88e7, 4], // provider backbone bridges, IEEE 802.1ah: flags and I-SID
  [0x8903, 2], // FabricPath of Cisco
]);

/** Ethertypes of what never holds a user's packets. */
export const WITHOUT_PACKETS: ReadonlySet<number> = new Set([
  0x0842, // Wake-on-LAN
  0x22ea, // stream reservation
  0x22f0, // audio and video
  0x6002, // DEC's own
  0x6003,
  0x6004,
  0x8035, // RARP, and SLARP of Cisco's HDLC
  0x809b, // AppleTalk
  0x80f3,
  0x8137, // IPX
  0x8138,
  0x8809, // LACP and other slow protocols
  0x8863, // PPPoE discovery
  0x8874, // loop detection of switches
  0x8892, // PROFINET
  0x8899,
  0x888e, // 802.1X
  0x88a4, // EtherCAT
  0x88b8, // GOOSE
  0x88ba,
  0x88bf, // RoMON of MikroTik
  0x88cc, // LLDP
  0x88d9, // LLTD
  0x88e1, // HomePlug
  0x88e3, // media redundancy
  0x88f5, // MVRP, MMRP
  0x88f6,
  0x88f7, // PTP
  0x88fb, // supervision of redundant rings
  0x8902, // connectivity fault management
  0x8906, // Fibre Channel
  0x8912,
  0x8914,
  0x8915, // RoCE
  0x893a, // IEEE 1905
  0x9000, // loopback test
  0x9003,
]);

/** Up to here the field is the length of an 802.3 frame. */
export const MAX_LENGTH = 1500;

/** Could a field of this value, with so many octets behind it, be that of an Ethernet frame? */
export const isEthertype = (type: number, behind: number): boolean =>
  type <= MAX_LENGTH
    ? type > 0 && type <= behind
    : READ.has(type) || TAGS.has(type) || FRAMES_INSIDE.has(type) || WITHOUT_PACKETS.has(type);

const READ: ReadonlySet<number> = new Set(Object.values(ETHERTYPE));
