import type { Ipv4Network } from "../wire/ipv4-network.ts";

/** One rule of where a client may send to, as the data plane compares it. */
export interface Destination {
  readonly network: Ipv4Network;
  /** An IP protocol number, 0 to 255; undefined: any. */
  readonly protocol: number | undefined;
  /** Destination ports of TCP or UDP, inclusive; empty: any. Not empty only with protocol 6 or 17. */
  readonly ports: readonly { readonly first: number; readonly last: number }[];
}
