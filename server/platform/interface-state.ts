import { type Ipv4, ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import { type Octets, octets } from "../wire/units.ts";
import { isSystemError, loadAddon } from "./native/addon.ts";
import { ask, attribute, NETLINK, REQUEST, text } from "./netlink.ts";

/** An interface as the kernel has it now. */
export interface Link {
  readonly index: number;
  readonly up: boolean;
  readonly mtu: Octets;
}

// include/uapi/linux/rtnetlink.h, if_link.h, if_addr.h, if.h.
const NEW_LINK = 16;
const GET_LINK = 18;
const SET_LINK = 19;
const NEW_ADDRESS = 20;
const REMOVE_ADDRESS = 21;
const GET_ADDRESS = 22;
const GET_ROUTE = 26;
const LINK = { name: 3, mtu: 4, families: 26 } as const;
const INET_CONF = 1;
const NESTED = 0x8000;
const ADDRESS = { address: 1, local: 2 } as const;
const ROUTE = { destination: 1, interface: 4 } as const;
const UP = 0x1;
const INET = 2;
const HOST_PREFIX = 32;
const ROUTE_LOCAL = 2;

/** RTM_F_LOOKUP_TABLE and RTM_F_FIB_MATCH: the route itself, not what it makes of this one address. */
const THE_ROUTE = 0x1000 | 0x2000;

/** The interface of that name; undefined where there is none. Throws the kernel's error. */
export function readLink(name: string): Link | undefined {
  try {
    const [link] = ask(NETLINK.route, {
      type: GET_LINK,
      flags: REQUEST.one,
      header: Buffer.alloc(16),
      attributes: [[LINK.name, text(name)]],
    });
    if (link === undefined) return undefined;
    return {
      index: link.header.readInt32LE(4),
      up: (link.header.readUInt32LE(8) & UP) !== 0,
      mtu: octets(link.attributes.get(LINK.mtu)?.readUInt32LE(0) ?? 0),
    };
  } catch (error) {
    if (isSystemError(error) && error.code === "ENODEV") return undefined;
    throw error;
  }
}

/** Sets the MTU and brings the interface up. Throws the kernel's error. */
export function setLink({ index }: Link, mtu: Octets): void {
  const header = Buffer.alloc(16);
  header.writeInt32LE(index, 4);
  header.writeUInt32LE(UP, 8);
  header.writeUInt32LE(UP, 12); // of the flags this one is to change
  ask(NETLINK.route, {
    type: NEW_LINK,
    flags: REQUEST.acknowledged,
    header,
    attributes: [[LINK.mtu, u32(mtu)]],
  });
}

/**
 * Sets a switch of IPv4 that the interface has, by its number in include/uapi/linux/ip.h. Throws the kernel's
 * error.
 */
export function setInetSwitch({ index }: Link, number: number, on: boolean): void {
  const header = Buffer.alloc(16);
  header.writeInt32LE(index, 4);
  const settings = attribute(INET_CONF, attribute(number, u32(on ? 1 : 0)));
  ask(NETLINK.route, {
    type: SET_LINK,
    flags: REQUEST.acknowledged,
    header,
    attributes: [[LINK.families | NESTED, attribute(INET | NESTED, settings)]],
  });
}

/** Has the interface this address, as a /32? Throws the kernel's error. */
export function hasAddress({ index }: Link, address: Ipv4): boolean {
  const answers = ask(NETLINK.route, {
    type: GET_ADDRESS,
    flags: REQUEST.dump,
    header: addressHeader(0, index),
  });
  return answers.some(
    ({ header, attributes }) =>
      header.readUInt32LE(4) === index &&
      header[1] === HOST_PREFIX &&
      attributes.get(ADDRESS.local)?.readUInt32BE(0) === address,
  );
}

/** Gives the interface this address, as a /32. Throws the kernel's error. */
export function addAddress({ index }: Link, address: Ipv4): void {
  ask(NETLINK.route, {
    type: NEW_ADDRESS,
    flags: REQUEST.replacing,
    header: addressHeader(HOST_PREFIX, index),
    attributes: [
      [ADDRESS.local, inet(address)],
      [ADDRESS.address, inet(address)],
    ],
  });
}

/** Takes this address, as a /32, from the interface. Throws the kernel's error; EADDRNOTAVAIL: no such. */
export function removeAddress({ index }: Link, address: Ipv4): void {
  ask(NETLINK.route, {
    type: REMOVE_ADDRESS,
    flags: REQUEST.acknowledged,
    header: addressHeader(HOST_PREFIX, index),
    attributes: [[ADDRESS.local, inet(address)]],
  });
}

/** Where packets for an address go. */
export interface RouteTo {
  readonly network: Ipv4Network;
  /** 0 where the route has no interface. */
  readonly index: number;
  /** This host is meant itself. */
  readonly local: boolean;
}

/**
 * The route that the kernel takes for packets to this address; undefined where it has none. Throws the
 * kernel's error.
 */
export function routeTo(address: Ipv4): RouteTo | undefined {
  const header = Buffer.alloc(12);
  header[0] = INET;
  header[1] = HOST_PREFIX;
  header.writeUInt32LE(THE_ROUTE, 8);
  try {
    const [route] = ask(NETLINK.route, {
      type: GET_ROUTE,
      flags: REQUEST.one,
      header,
      attributes: [[ROUTE.destination, inet(address)]],
    });
    if (route === undefined) return undefined;
    return {
      network: {
        address: ipv4(route.attributes.get(ROUTE.destination)?.readUInt32BE(0) ?? 0),
        prefix: route.header[1]!,
      },
      index: route.attributes.get(ROUTE.interface)?.readUInt32LE(0) ?? 0,
      local: route.header[7] === ROUTE_LOCAL,
    };
  } catch (error) {
    if (isSystemError(error) && UNREACHABLE.has(error.code)) return undefined;
    throw error;
  }
}

/** No route; or one that says unreachable, prohibit or blackhole. */
const UNREACHABLE: ReadonlySet<string> = new Set(["ENETUNREACH", "EHOSTUNREACH", "EACCES", "EINVAL"]);

/**
 * A route to the network through the interface, which must be up. Throws the kernel's error: EEXIST where
 * there is one.
 */
export function addRoute(name: string, { address, prefix }: Ipv4Network): void {
  loadAddon().addRoute(name, address, prefix);
}

function addressHeader(prefix: number, index: number): Buffer {
  const header = Buffer.alloc(8);
  header[0] = INET;
  header[1] = prefix;
  header.writeUInt32LE(index, 4);
  return header;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An address as it goes over the wire. */
function inet(address: Ipv4): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(address);
  return bytes;
}
