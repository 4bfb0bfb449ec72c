import { formatIpv4 } from "../wire/ipv4.ts";
import { millis } from "../wire/units.ts";
import { formatEndpoint, without } from "./addresses.ts";
import type { Fault } from "./check-document.ts";
import type { Config } from "./config-types.ts";
import type { Values } from "./keys.ts";

/**
 * The configuration that checked values make. The concentrator's own address is taken out of the pool here: a pool
 * written as a network nearly always covers it. `resolve` makes the state directory absolute.
 */
export function buildConfig(values: Values, resolve: (directory: string) => string): Config {
  const { state, pptp, tunnel, nat, admin, log } = values;
  const { local_address: localAddress, pool, dns, wins, mtu } = tunnel;
  return {
    state: { directory: resolve(state.directory) },
    pptp: { listen: pptp.listen, maxSessions: pptp.max_sessions },
    tunnel: {
      interface: tunnel.interface,
      localAddress,
      pool: pool.flatMap((range) => without(range, localAddress)),
      dns,
      wins,
      mtu,
    },
    pools: new Map(),
    security: { authentication: ["ms-chap-v2"], mppeStrengths: [128], mppeStateful: false },
    password: { minLength: 12, maxAgeDays: 0 },
    gre: { reorderPackets: 32, reorderDelay: millis(50) },
    nat: { mode: nat.mode },
    admin: { listen: admin.listen },
    log: { level: log.level },
  };
}

/** What is wrong between keys that are right each for itself. */
export function crossFaults({ pptp, tunnel, admin }: Config): readonly Fault[] {
  const faults: Fault[] = [];
  if (tunnel.pool.length === 0) {
    const says = `holds nothing but ${formatIpv4(tunnel.localAddress)}, which is tunnel.local_address`;
    faults.push({ path: ["tunnel", "pool"], code: "config-pool-empty", says });
  }
  const everywhere = [pptp.listen.host, admin.listen.host].includes("0.0.0.0");
  const clash = pptp.listen.host === admin.listen.host || (everywhere && admin.listen.host !== "::1");
  if (clash && pptp.listen.port === admin.listen.port) {
    const says = `${formatEndpoint(admin.listen)} is taken by pptp.listen`;
    faults.push({ path: ["admin", "listen"], code: "config-bad-value", says });
  }
  return faults;
}
