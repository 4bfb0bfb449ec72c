import { type Ipv4, ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import { type Addon, loadAddon } from "./native/addon.ts";
import { NATIVE, type NetlinkMessage, readKernel } from "./rtnetlink.ts";

/** Addresses that mean something to this host already. */
export interface HostNetwork {
  readonly network: Ipv4Network;
  /** "" where it has none. */
  readonly interface: string;
  /**
   * An address of this host, or a network that it takes for its own; the other end of a link between two; a
   * route to somewhere; or one that leads nowhere on purpose.
   */
  readonly kind: "own" | "other-end" | "route" | "dead-end";
  /** Number of the routing table; undefined for what stands in none, or in the kernel's main one. */
  readonly table?: number;
}

/**
 * include/uapi/linux/if_addr.h, if_link.h and rtnetlink.h: octets before the attributes, then attributes and
 * values.
 */
const [LINK, ADDRESS, ROUTE] = [16, 8, 12];
const [IFLA_IFNAME, IFA_ADDRESS, IFA_LOCAL, RTA_DST, RTA_OIF, RTA_MULTIPATH, RTA_TABLE] = [
  3, 1, 2, 1, 4, 9, 15,
];
const [RTN_UNICAST, RTN_LOCAL, RTN_BLACKHOLE, RTN_THROW] = [1, 2, 6, 9];
const [MAIN_TABLE, LOCAL_TABLE, CLONED] = [254, 255, 0x200];

/**
 * Every address of every interface and every route of every table that the kernel has now, handed to `each`
 * one by one, since a router may have a million. What the kernel does not report is left out: nothing else
 * depends on it. Throws host-no-addon without the addon.
 */
export function readHostNetworks(
  each: (network: HostNetwork) => void,
  addon: Pick<Addon, "netlink"> = loadAddon(),
  sizes?: number,
): void {
  const names = new Map<number, string>();
  readKernel(
    addon,
    "links",
    LINK,
    ({ body, attributes }) => {
      const name = attributes.get(IFLA_IFNAME);
      if (name !== undefined) names.set(body.getInt32(4, NATIVE), textOf(name));
    },
    sizes,
  );
  const nameOf = (index: number | undefined): string => (index === undefined ? "" : (names.get(index) ?? ""));
  readKernel(
    addon,
    "addresses",
    ADDRESS,
    (message) => {
      for (const network of ofAddress(message, nameOf)) each(network);
    },
    sizes,
  );
  readKernel(
    addon,
    "routes",
    ROUTE,
    (message) => {
      const network = ofRoute(message, nameOf);
      if (network !== undefined) each(network);
    },
    sizes,
  );
}

/**
 * As `readHostNetworks`, for callers that ask again and again: of a router with thousands of routes it
 * reports none.
 */
export const readFewHostNetworks = (each: (network: HostNetwork) => void): void =>
  readHostNetworks(each, loadAddon(), 1);

function* ofAddress(
  { body, attributes }: NetlinkMessage,
  nameOf: (index: number) => string,
): Generator<HostNetwork> {
  const name = nameOf(body.getUint32(4, NATIVE));
  const [own, other] = [addressOf(attributes.get(IFA_LOCAL)), addressOf(attributes.get(IFA_ADDRESS))];
  const local = own ?? other;
  if (local !== undefined) yield { network: { address: local, prefix: 32 }, interface: name, kind: "own" };
  if (other !== undefined && other !== local)
    yield { network: { address: other, prefix: 32 }, interface: name, kind: "other-end" };
}

function ofRoute(
  { body, attributes }: NetlinkMessage,
  nameOf: (index: number | undefined) => string,
): HostNetwork | undefined {
  const type = body.getUint8(7);
  const kind =
    type === RTN_UNICAST
      ? "route"
      : type === RTN_LOCAL
        ? "own"
        : type >= RTN_BLACKHOLE && type <= RTN_THROW
          ? "dead-end"
          : undefined;
  if (kind === undefined || (body.getUint32(8, NATIVE) & CLONED) !== 0) return undefined;
  const table = attributes.get(RTA_TABLE)?.getUint32(0, NATIVE) ?? body.getUint8(4);
  return {
    network: { address: addressOf(attributes.get(RTA_DST)) ?? ipv4(0), prefix: body.getUint8(1) },
    interface: nameOf(wayOut(attributes)),
    kind,
    ...(table === MAIN_TABLE || table === LOCAL_TABLE ? {} : { table }),
  };
}

/** The interface's number; the first one's of several. */
function wayOut(attributes: NetlinkMessage["attributes"]): number | undefined {
  const one = attributes.get(RTA_OIF);
  if (one !== undefined) return one.getInt32(0, NATIVE);
  const several = attributes.get(RTA_MULTIPATH);
  return several !== undefined && several.byteLength >= 8 ? several.getInt32(4, NATIVE) : undefined;
}

const addressOf = (view: DataView | undefined): Ipv4 | undefined =>
  view !== undefined && view.byteLength === 4 ? ipv4(view.getUint32(0)) : undefined;

/** Ends with a NUL. */
const textOf = ({ buffer, byteOffset, byteLength }: DataView): string =>
  Buffer.from(buffer, byteOffset, Math.max(0, byteLength - 1)).toString("latin1");
