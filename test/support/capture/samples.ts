import { concat } from "../../../server/wire/bytes.ts";
import { ascii, bytes } from "../bytes.ts";
import {
  block,
  enhancedPacket,
  type FilePacket,
  interfaceDescription,
  oldPacket,
  pcap,
  pcapng,
  sectionHeader,
  simplePacket,
} from "./files.ts";
import { CLIENT, ethernet, gre, ipv4, ipv6, SERVER, tcp } from "./frames.ts";

/**
 * A control connection with disorder, loss and a FIN, GRE whole and in fragments, errors, and packets of
 * others.
 */
const PACKETS: readonly Uint8Array[] = [
  tcp({ seq: 1000, flags: "S" }),
  tcp({ from: "server", seq: 5000, ack: 1001, flags: "SA" }),
  tcp({ seq: 1001, ack: 5001 }),
  tcp({ seq: 1006, ack: 5001 }, ascii("world")),
  tcp({ seq: 1001, ack: 5001 }, ascii("hello")),
  tcp({ from: "server", seq: 5001, ack: 1011 }, ascii("answer")),
  tcp({ from: "server", seq: 5001, ack: 1011 }, ascii("answer")),
  ipv4({ protocol: 47, id: 1 }, gre(0, bytes`ff03 c021 0100 0004`)),
  ipv4({ protocol: 47, id: 2, moreFragments: true }, gre(1, new Uint8Array(20)).subarray(0, 16)),
  ipv4({ protocol: 17 }, new Uint8Array(8)),
  ipv4({ protocol: 47, id: 2, fragmentOffset: 16 }, gre(1, new Uint8Array(20)).subarray(16)),
  ipv6({ protocol: 47 }, gre(2, ascii("six"))),
  ipv4(
    { protocol: 1, source: SERVER, destination: CLIENT },
    concat(bytes`0302 0000 00000000`, ipv4({ protocol: 47 }, gre(0, new Uint8Array(0)))),
  ),
  tcp({ seq: 1011, ack: 5007, checksum: 0x1111 }, ascii("bad")),
  tcp({ seq: 1020, ack: 5007, flags: "FA" }, ascii("end")),
].map((packet) => ethernet(packet));

/** Octets of the frames in these captures, for others to spoil. */
export const frames: readonly Uint8Array[] = PACKETS;

interface Sample {
  readonly name: string;
  readonly file: Uint8Array;
  /** Where a record or block ends: a file that ends there is whole. */
  readonly borders: readonly number[];
}

const packets: readonly FilePacket[] = PACKETS.map((octets) => ({ octets }));

/** A file of these parts, one behind the other. */
function sample(name: string, parts: readonly Uint8Array[]): Sample {
  let end = 0;
  const borders = parts.map(({ length }) => {
    end += length;
    return end;
  });
  return { name, file: concat(...parts), borders };
}

/** The records of a file that was made with one packet more each time. */
function parts(make: (packets: readonly FilePacket[]) => Uint8Array): Uint8Array[] {
  const lengths = packets.map((_, count) => make(packets.slice(0, count)).length);
  const whole = make(packets);
  return [
    whole.subarray(0, lengths[0]),
    ...lengths.map((length, index) => whole.subarray(length, lengths[index + 1] ?? whole.length)),
  ];
}

const blocks: readonly Uint8Array[] = [
  sectionHeader("big"),
  interfaceDescription("big", { name: "eth0", resolution: 9 }),
  block("big", 0x12345678, bytes`01020304`),
  ...PACKETS.slice(0, 6).map((octets, i) => enhancedPacket("big", BigInt(i), { octets })),
  ...PACKETS.slice(6, 8).map((octets) => oldPacket("big", 7n, octets)),
  sectionHeader("little"),
  interfaceDescription("little", { linkType: 1 }),
  ...PACKETS.slice(8).map((octets) => simplePacket("little", octets)),
];

/** Small captures of every kind. */
export const captures: readonly Sample[] = [
  sample("pcap, little-endian, microseconds", parts(pcap)),
  sample(
    "pcap, big-endian, nanoseconds",
    parts((list) => pcap(list, { order: "big", nanoseconds: true })),
  ),
  sample("pcapng of all kinds of blocks, two sections", blocks),
  sample(
    "pcapng, little-endian",
    // The section and its interface are one part here, and may be cut between them.
    [sectionHeader("little"), interfaceDescription("little"), ...parts(pcapng).slice(1)],
  ),
];
