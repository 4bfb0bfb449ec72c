import { formatIpv4, type Ipv4 } from "./ipv4.ts";

/** A network in CIDR form; host bits are zero. */
export interface Ipv4Network {
  readonly address: Ipv4;
  /** 0 to 32. */
  readonly prefix: number;
}

/** For example "10.77.0.0/22". */
export const formatNetwork = (network: Ipv4Network): string =>
  `${formatIpv4(network.address)}/${network.prefix}`;
