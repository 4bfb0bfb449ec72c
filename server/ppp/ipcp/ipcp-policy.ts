import type { Ipv4 } from "../../wire/ipv4.ts";

/** What IPCP agrees to: the link's `Assignment`. */
export interface IpcpPolicy {
  readonly local: Ipv4;
  readonly remote: Ipv4;
  readonly dns: readonly Ipv4[];
  readonly wins: readonly Ipv4[];
}
