import { parseIpv4 } from "../wire/ipv4.ts";
import { formatEndpoint } from "./addresses.ts";
import type { AddressRange, Config } from "./config-types.ts";

/** What the question needs of a configuration. */
export interface ApiSurroundings {
  readonly admin: Config["admin"];
  readonly tunnel: Pick<Config["tunnel"], "localAddress" | "pool">;
  readonly pools: Config["pools"];
}

/**
 * One sentence where the admin API can be reached from other hosts in clear: who can, what they see, what to
 * do. Undefined where it listens on the loopback alone, which is all of 127.0.0.0/8 (RFC 1122 §3.2.1.3) and
 * ::1.
 */
export function openAdminApi(config: ApiSurroundings): string | undefined {
  const { listen } = config.admin;
  const reach = reachOf(config);
  if (reach === undefined) return undefined;
  const loopback = `127.0.0.1:${listen.port}`;
  return `The admin API listens on ${formatEndpoint(listen)}, ${reach}, and speaks plain HTTP: whoever is on the way reads the token and new passwords in clear, and can use the token. Set admin.listen = "${loopback}"; from elsewhere come through SSH (ssh -L ${listen.port}:${loopback} HOST) or a reverse proxy with TLS on this host.`;
}

/** Who gets there, in words that follow the address. */
function reachOf({ admin, tunnel, pools }: ApiSurroundings): string | undefined {
  const { host } = admin.listen;
  const address = parseIpv4(host);
  if (address === undefined) return host === "::1" ? undefined : "which is not the loopback";
  if (address >>> 24 === 127) return undefined;
  if (address === 0) return "which is every address of this host, the clients' tunnels included";
  const inTunnel = (range: AddressRange) => range.first <= address && address <= range.last;
  if (address === tunnel.localAddress || [tunnel.pool, ...pools.values()].flat().some(inTunnel))
    return "which is an address inside the tunnels: every VPN client reaches it";
  return "which is not the loopback: other hosts reach it";
}
