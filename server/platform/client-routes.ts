import type { Ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import { isSystemError, loadAddon } from "./native/addon.ts";

/** The two calls of the addon; tests hand in their own. */
interface RouteTable {
  addRoute(name: string, network: number, prefix: number): void;
  removeRoute(name: string, network: number, prefix: number): void;
}

/**
 * What the host routes into the tunnel's interface: the pools' networks for as long as it is there, and an
 * address outside them, which an administrator gave to a user, for as long as that user has it. Belongs to
 * the thread that opened the interface.
 */
export class ClientRoutes {
  readonly networks: readonly Ipv4Network[];
  readonly #name: string;
  readonly #table: () => RouteTable;
  readonly #outsidePools = new Set<Ipv4>();

  /** `networks`: the pools'. Whoever sets the interface up makes these routes. */
  constructor(name: string, networks: readonly Ipv4Network[], table: () => RouteTable = loadAddon) {
    this.#name = name;
    this.networks = networks;
    this.#table = table;
  }

  /** All that should be there now. */
  get wanted(): readonly Ipv4Network[] {
    return [...this.networks, ...Array.from(this.#outsidePools, host)];
  }

  /** A client has this address from here on. */
  open(address: Ipv4): void {
    if (this.#outsidePools.has(address) || this.networks.some((network) => holds(network, address))) return;
    this.#outsidePools.add(address);
    this.#change("addRoute", address, "EEXIST");
  }

  /** No client has this address any more. Harmless where none had. */
  close(address: Ipv4): void {
    if (this.#outsidePools.delete(address)) this.#change("removeRoute", address, "ESRCH");
  }

  /**
   * `done`: the kernel's error where the route is already as it should be. The routes of an interface that
   * was deleted are gone with it.
   */
  #change(change: keyof RouteTable, address: Ipv4, done: string): void {
    try {
      this.#table()[change](this.#name, address, HOST_PREFIX);
    } catch (error) {
      if (!isSystemError(error) || ![done, "ENODEV", "ENETDOWN"].includes(error.code)) throw error;
    }
  }
}

const HOST_PREFIX = 32;

const host = (address: Ipv4): Ipv4Network => ({ address, prefix: HOST_PREFIX });

/** A shift by 32 would be one by 0 in JavaScript. */
const holds = ({ address, prefix }: Ipv4Network, one: Ipv4): boolean =>
  prefix === 0 || (address ^ one) >>> (HOST_PREFIX - prefix) === 0;
