import { concat } from "../../../server/wire/bytes.ts";
import { fromHex } from "../bytes.ts";
import { type FilePacket, pcap } from "../capture/files.ts";

/** A capture in memory: its packets and the link type that pcap gives them. */
export interface Packets {
  readonly linkType: number;
  readonly packets: readonly FilePacket[];
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** The packets of a pcap file in microseconds, the lowest octet first, as tcpdump writes it here. */
export function packetsOf(file: Uint8Array): Packets {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packets: FilePacket[] = [];
  for (let at = FILE_HEADER; at < file.length; ) {
    const [seconds, fraction, kept, original] = [0, 4, 8, 12].map((place) =>
      view.getUint32(at + place, true),
    );
    const time = BigInt(seconds!) * 1_000_000_000n + BigInt(fraction!) * 1000n;
    const begins = at + RECORD_HEADER;
    packets.push({ time, octets: file.slice(begins, begins + kept!), original: original! });
    at = begins + kept!;
  }
  return { linkType: view.getUint32(20, true), packets };
}

/** As `tcpdump -s LENGTH` would have captured it. */
export const snapped = ({ linkType, packets }: Packets, length: number): Uint8Array =>
  pcap(
    packets.map(({ octets, original = octets.length, ...rest }) => ({
      ...rest,
      octets: octets.subarray(0, length),
      original,
    })),
    { linkType, nanoseconds: true },
  );

/** What stands in front of an IPv4 packet on each kind of network. */
const FRONT: Readonly<Record<string, readonly [linkType: number, header: Uint8Array]>> = {
  raw: [101, fromHex("")],
  Ethernet: [1, fromHex("0200 0000 0001 0200 0000 0002 0800")],
  VLAN: [1, fromHex("0200 0000 0001 0200 0000 0002 8100 0007 0800")],
  "Linux cooked": [113, fromHex("0000 0001 0006 0200 0000 0002 0000 0800")],
  "Linux cooked v2": [276, fromHex("0800 0000 0000 0002 0001 0006 0200 0000 0002 0000")],
};

export const NETWORKS = Object.keys(FRONT);

/** The same packets, which are raw IPv4, as another kind of network carries them. */
export function carried(packets: readonly FilePacket[], network: string): Packets {
  const [linkType, header] = FRONT[network]!;
  return {
    linkType,
    packets: packets.map(({ octets, original = octets.length, ...rest }) => ({
      ...rest,
      octets: concat(header, octets),
      original: original + header.length,
    })),
  };
}
