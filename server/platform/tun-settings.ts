import { writeFileSync } from "node:fs";
import type { Ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import type { Octets } from "../wire/units.ts";
import { writeSwitch } from "./ipv4-switches.ts";
import type { Addon } from "./native/addon.ts";

/** What a TUN interface gets once it is there. */
export interface TunSettings {
  /** Its own address, as a /32. */
  readonly local: Ipv4;
  /** Bounds what the kernel hands us in one packet. */
  readonly mtu: Octets;
  /** What lies behind the interface. */
  readonly routes: readonly Ipv4Network[];
}

/** Applies the settings and brings the interface up. Throws the kernel's error, which at start is fatal. */
export function configureTun(addon: Addon, name: string, { local, mtu, routes }: TunSettings): void {
  silenceIpv6(name);
  refuseRedirects(name);
  addon.configureInterface(name, local, mtu);
  for (const { address, prefix } of routes) addon.addRoute(name, address, prefix);
}

/** Behind a tunnel there are no neighbours who could know a shorter way. */
function refuseRedirects(name: string): void {
  for (const which of ["send_redirects", "accept_redirects"] as const) {
    try {
      writeSwitch(name, which, false);
    } catch {
      // /proc/sys is read-only: the data plane drops what is sent.
    }
  }
}

/** PPTP tunnels carry IPv4 here; without this the kernel sends router solicitations into the tunnel. */
function silenceIpv6(name: string): void {
  try {
    writeFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, "1");
  } catch {
    // No IPv6 in this kernel, or /proc/sys is read-only: such packets are then dropped and counted.
  }
}
