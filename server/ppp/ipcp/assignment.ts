import type { Ipv4 } from "../../wire/ipv4.ts";

/** What IPCP agrees to: the addresses of one client. */
export interface Assignment {
  /** Our own end, announced in our IPCP Configure-Request. */
  readonly local: Ipv4;
  /** The client's address. */
  readonly remote: Ipv4;
  /** At most two of each; none: the option is rejected. */
  readonly dns: readonly Ipv4[];
  readonly wins: readonly Ipv4[];
}
