import { AppError } from "../errors/app-error.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import { formatNetwork, type Ipv4Network } from "../wire/ipv4-network.ts";
import { isSystemError, loadAddon } from "./native/addon.ts";

/** The two calls of the addon; tests hand in their own. */
interface RouteTable {
  addRoute(name: string, network: number, prefix: number): void;
  removeRoute(name: string, network: number, prefix: number): void;
}

/**
 * What the host routes into the tunnel's interface: the pools' networks for as long as it is there, and the
 * address of a client outside them, which an administrator gave to a user or which was in a pool once, for as
 * long as the client has it. Belongs to the thread that opened the interface.
 */
export class ClientRoutes {
  readonly #name: string;
  readonly #table: () => RouteTable;
  #networks: readonly Ipv4Network[];
  /** Those that clients have, in pools or not. */
  readonly #clients = new Set<Ipv4>();
  /** What is there besides what should be: routes of pools before a change that may still be taken back. */
  #former: readonly Ipv4Network[] = [];

  /** `networks`: the pools'. Whoever sets the interface up makes these routes. */
  constructor(name: string, networks: readonly Ipv4Network[], table: () => RouteTable = loadAddon) {
    this.#name = name;
    this.#networks = networks;
    this.#table = table;
  }

  /** The pools'. */
  get networks(): readonly Ipv4Network[] {
    return this.#networks;
  }

  /** All that should be there now. */
  get wanted(): readonly Ipv4Network[] {
    return wantedFor(this.#networks, this.#clients);
  }

  /** A client has this address from here on. */
  open(address: Ipv4): void {
    if (this.#clients.has(address)) return;
    this.#clients.add(address);
    if (!this.#inPools(address)) this.#change("addRoute", host(address), "EEXIST");
  }

  /** No client has this address any more. Harmless where none had. */
  close(address: Ipv4): void {
    if (this.#clients.delete(address) && !this.#inPools(address))
      this.#change("removeRoute", host(address), "ESRCH");
  }

  /**
   * Goes over to the networks of other pools: what is missing is added now, and what is not wanted any more
   * goes with `finish`. Throws interface-refused where the kernel takes a route not, with everything as it
   * was.
   */
  change(networks: readonly Ipv4Network[]): { undo(): void; finish(): void } {
    const before = this.wanted;
    const old = this.#networks;
    const added = minus(wantedFor(networks, this.#clients), before);
    const undo = () => {
      this.#networks = old;
      this.#former = [];
      for (const network of minus(added, this.wanted)) this.#change("removeRoute", network, "ESRCH");
    };
    const done: Ipv4Network[] = [];
    try {
      for (const network of added) {
        this.#table().addRoute(this.#name, network.address, network.prefix);
        done.push(network);
      }
    } catch (error) {
      for (const network of done) this.#change("removeRoute", network, "ESRCH");
      throw refusal(this.#name, added[done.length]!, error);
    }
    this.#networks = networks;
    this.#former = before;
    return {
      undo,
      finish: () => {
        for (const network of minus(this.#former, this.wanted)) this.#change("removeRoute", network, "ESRCH");
        this.#former = [];
      },
    };
  }

  #inPools = (address: Ipv4): boolean => this.#networks.some((network) => holds(network, address));

  /**
   * `done`: the kernel's error where the route is already as it should be. The routes of an interface that
   * was deleted are gone with it.
   */
  #change(change: keyof RouteTable, { address, prefix }: Ipv4Network, done: string): void {
    try {
      this.#table()[change](this.#name, address, prefix);
    } catch (error) {
      if (!isSystemError(error) || ![done, "ENODEV", "ENETDOWN"].includes(error.code)) throw error;
    }
  }
}

const HOST_PREFIX = 32;

const host = (address: Ipv4): Ipv4Network => ({ address, prefix: HOST_PREFIX });

/** The networks, and each client's address that lies in none of them. */
const wantedFor = (networks: readonly Ipv4Network[], clients: ReadonlySet<Ipv4>): readonly Ipv4Network[] => [
  ...networks,
  ...[...clients].filter((one) => !networks.some((network) => holds(network, one))).map(host),
];

/** Those of `all` that are not among `others`. */
function minus(all: readonly Ipv4Network[], others: readonly Ipv4Network[]): readonly Ipv4Network[] {
  const known = new Set(others.map(formatNetwork));
  return all.filter((network) => !known.has(formatNetwork(network)));
}

function refusal(name: string, network: Ipv4Network, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const reason = error.code === "EEXIST" ? "another route leads there" : error.message;
  return new AppError(
    "interface-refused",
    `The clients' network ${formatNetwork(network)} cannot be routed into ${name}: ${reason}.`,
  );
}

/** A shift by 32 would be one by 0 in JavaScript. */
const holds = ({ address, prefix }: Ipv4Network, one: Ipv4): boolean =>
  prefix === 0 || (address ^ one) >>> (HOST_PREFIX - prefix) === 0;
