import type { PacketKind } from "../../../pacctl/capture/captured.ts";
import { bytes } from "../bytes.ts";
import { pcap } from "./files.ts";
import { gre, ipv4, ipv6 } from "./frames.ts";
import { type Reading, read } from "./read.ts";

/** A GRE packet, and the IP packets that hold it. */
export const GRE = gre(7, bytes`c021 0108 0004`);
export const IPV4 = ipv4({ protocol: 47 }, GRE);
export const IPV6 = ipv6({ protocol: 47 }, GRE);

/** Link types, as pcap numbers them. */
export const NULL = 0;
export const ETHERNET = 1;
export const RAW = 101;
export const WIFI = 105;
export const LOOP = 108;
export const COOKED = 113;
export const RADIOTAP = 127;
export const COOKED2 = 276;

/** What comes of a capture of these frames. */
export const frame = (linkType: number, ...frames: Uint8Array[]): Reading =>
  read(
    pcap(
      frames.map((octets) => ({ octets })),
      { linkType },
    ),
  );

/** The kinds of packets that there were, with how many. */
export const counted = (reading: Reading): Partial<Record<PacketKind, number>> =>
  Object.fromEntries(Object.entries(reading.summary.packets).filter(([, count]) => count > 0));
