import type { ErrorCode } from "../errors/register.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import type { Octets } from "../wire/units.ts";
import type { CounterMemory } from "./counters.ts";
import type { ReorderLimits } from "./data-plane.ts";
import type { LoopNews } from "./loop-messages.ts";

/** What the worker's TUN looks like. */
export interface TunnelInterface {
  /** Name of the TUN, for example "pac0". */
  readonly interface: string;
  /** The concentrator's own inner address. */
  readonly localAddress: Ipv4;
  readonly mtu: Octets;
  /** The clients' networks: routed to the TUN. */
  readonly routes: readonly Ipv4Network[];
}

/** What the operator has set. */
export interface DataPlaneOptions extends TunnelInterface {
  readonly reorder: ReorderLimits;
}

/** What the worker is started with. */
export interface WorkerData extends DataPlaneOptions {
  readonly counters: CounterMemory;
}

/** From the worker: first "opened" or "refused", then the news of each turn of its loop, in order. */
export type FromWorker =
  | { readonly at: "opened" }
  | { readonly at: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly at: "turn"; readonly news: readonly LoopNews[] };
