import type { Ipv4 } from "../wire/ipv4.ts";
import type { Octets } from "../wire/units.ts";

/** The configuration after checking; every value is set. Keys of the TOML file in snake_case. */
export interface Config {
  readonly state: { readonly directory: string };
  readonly pptp: { readonly listen: Endpoint; readonly maxSessions: number };
  readonly tunnel: {
    readonly interface: string;
    readonly localAddress: Ipv4;
    readonly pool: readonly AddressRange[];
    readonly dns: readonly Ipv4[];
    readonly wins: readonly Ipv4[];
    readonly mtu: Octets;
  };
  readonly nat: { readonly mode: "auto" | "off" | "required" };
  readonly admin: { readonly listen: Endpoint };
  readonly log: { readonly level: "debug" | "info" | "warn" | "error" };
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Inclusive. */
export interface AddressRange {
  readonly first: Ipv4;
  readonly last: Ipv4;
}
