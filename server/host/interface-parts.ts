import type { ClientRoutes } from "../platform/client-routes.ts";
import {
  addAddress,
  addRoute,
  hasAddress,
  type Link,
  readLink,
  routeTo,
  setLink,
} from "../platform/interface-state.ts";
import { isSystemError } from "../platform/native/addon.ts";
import type { TunSettings } from "../platform/tun-settings.ts";
import { formatIpv4, type Ipv4, ipv4 } from "../wire/ipv4.ts";
import { formatNetwork, type Ipv4Network } from "../wire/ipv4-network.ts";
import type { HostPart } from "./host-part.ts";

/** The tunnel's interface, as it was set up. */
export interface TunnelInterface extends Omit<TunSettings, "routes"> {
  readonly routes: Pick<ClientRoutes, "wanted">;
  readonly name: string;
  /** Hears that there is no interface of that name any more: its packets' way is gone for good. */
  readonly gone: () => void;
}

/**
 * The interface in the order in which it is put back: it must be up to have routes, and the kernel takes
 * these with the address.
 */
export function interfaceParts(tunnel: TunnelInterface): readonly HostPart[] {
  return [linkPart(tunnel), addressPart(tunnel), routesPart(tunnel)];
}

function linkPart({ name, mtu, gone }: TunnelInterface): HostPart {
  let told = false;
  return {
    name: "link",
    subject: "",
    code: "interface-down",
    problem() {
      const link = readLink(name);
      if (link === undefined) {
        if (!told) gone();
        told = true;
        return undefined;
      }
      if (!link.up) return `The tunnel interface ${name} was set down: nothing reaches the clients.`;
      if (link.mtu !== mtu)
        return `The MTU of the tunnel interface ${name} was set to ${link.mtu}; it should be ${mtu}.`;
      return undefined;
    },
    putBack: () => withLink(name, (link) => setLink(link, mtu)),
    remedy: `Find out what sets it, and keep network managers off ${name}.`,
  };
}

function addressPart({ name, local }: TunnelInterface): HostPart {
  const address = `${formatIpv4(local)}/32`;
  return {
    name: "address",
    subject: "",
    code: "interface-address-missing",
    problem() {
      const link = readLink(name);
      if (link === undefined || hasAddress(link, local)) return undefined;
      return `The address ${address} was removed from the tunnel interface ${name}: clients do not reach this host.`;
    },
    putBack: () => withLink(name, (link) => addAddress(link, local)),
    remedy: `Find out what removes it, and keep network managers off ${name}.`,
  };
}

function routesPart({ name, local, routes }: TunnelInterface): HostPart {
  const missing = (): readonly Lost[] => {
    const link = readLink(name);
    return link === undefined ? [] : routes.wanted.flatMap((network) => lost(network, local, link));
  };
  return {
    name: "routes",
    subject: "",
    code: "routes-missing",
    problem() {
      const [first, ...others] = missing();
      if (first === undefined) return undefined;
      const more = others.length === 0 ? "" : ` (and to ${others.length} more)`;
      return `The route to the clients' network ${formatNetwork(first.network)}${more} through ${name} was removed or overridden: packets for them ${first.instead}.`;
    },
    putBack() {
      for (const { network } of missing()) {
        try {
          addRoute(name, network);
        } catch (error) {
          // Ours is there, and packets go elsewhere all the same: the check that follows says where.
          if (!isSystemError(error) || error.code !== "EEXIST") throw error;
        }
      }
    },
    remedy: "Look at `ip route` and `ip rule` for what takes these packets.",
  };
}

interface Lost {
  readonly network: Ipv4Network;
  /** Where packets for it go: words for a sentence. */
  readonly instead: string;
}

/**
 * Two addresses stand for a network: somebody else's route to a part of it is a matter of its own, and may be
 * meant.
 */
function lost(network: Ipv4Network, local: Ipv4, link: Link): readonly Lost[] {
  const size = 2 ** (32 - network.prefix);
  const ends = [network.address, ipv4(network.address + size - 1)].filter((address) => address !== local);
  let instead = "go nowhere";
  for (const address of ends) {
    const route = routeTo(address);
    if (route?.index === link.index || route?.local) return [];
    if (route !== undefined) instead = `follow the route to ${formatNetwork(route.network)}`;
  }
  return ends.length === 0 ? [] : [{ network, instead }];
}

/** An interface that is gone is another part's matter. */
function withLink(name: string, change: (link: Link) => void): void {
  const link = readLink(name);
  if (link !== undefined) change(link);
}
