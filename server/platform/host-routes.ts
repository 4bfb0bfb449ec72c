import { readFileSync } from "node:fs";
import { ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";

/** A network that this host reaches through an interface. */
export interface HostRoute {
  readonly network: Ipv4Network;
  readonly interface: string;
}

/** RTF_UP, include/uapi/linux/route.h. */
const UP = 0x0001;

/** The routes of the kernel's main table; none where it cannot be read. */
export function hostRoutes(file = "/proc/net/route"): readonly HostRoute[] {
  let table: string;
  try {
    table = readFileSync(file, "utf8");
  } catch {
    // Without /proc there is no knowing, and nothing else depends on it.
    return [];
  }
  return table.split("\n").slice(1).flatMap(parseLine);
}

/** Iface, Destination, Gateway, Flags, RefCnt, Use, Metric, Mask …; numbers in hexadecimal. */
function parseLine(line: string): readonly HostRoute[] {
  const [name = "", destination = "", , flags = "", , , , mask = ""] = line.split(/\s+/);
  if (name === "" || (Number.parseInt(flags, 16) & UP) === 0) return [];
  const network = { address: ipv4(hostOrder(destination)), prefix: Math.clz32(~hostOrder(mask)) };
  return [{ network, interface: name }];
}

/** The kernel prints addresses in network order as if they were numbers of a little-endian machine. */
const hostOrder = (hex: string): number => Buffer.from(hex, "hex").reverse().readUInt32BE(0);
