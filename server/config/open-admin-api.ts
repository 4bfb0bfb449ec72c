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
 * One sentence where the admin API can be reached from other hosts in clear: who can, what they see, what
 * to do. Undefined where it speaks TLS, or listens on the loopback alone, which is all of 127.0.0.0/8 (RFC
 * 1122 §3.2.1.3) and ::1.
 */
export function openAdminApi(config: ApiSurroundings): string | undefined {
  const { listen, tls } = config.admin;
  const reach = reachOf(config);
  if (reach === undefined || tls !== undefined) return undefined;
  return `The admin API listens on ${formatEndpoint(listen)}, which is ${reach}, and speaks plain HTTP, as admin.allow_plain says: ${COST}. Set admin.tls_certificate and admin.tls_key (\`pacctl tls init\` makes them), or ${loopbackAdvice(listen.port)}.`;
}

/**
 * Why the API may not listen there without TLS, to follow "admin.listen: "; undefined where it may.
 * `allowPlain` is the caller's to look at.
 */
export function plainRefusal(config: ApiSurroundings): string | undefined {
  const { listen, tls } = config.admin;
  const reach = reachOf(config);
  if (reach === undefined || tls !== undefined) return undefined;
  return `${formatEndpoint(listen)} needs TLS: it is ${reach}; over plain HTTP ${COST}. Set tls_certificate and tls_key (\`pacctl tls init\` makes them), or ${loopbackAdvice(listen.port)}. Where only a reverse proxy on another host or an isolated management network gets there, allow_plain = true allows it`;
}

const COST = "whoever is on the way reads the token and new passwords in clear, and can use the token";

function loopbackAdvice(port: number): string {
  const loopback = `127.0.0.1:${port}`;
  return `listen = "${loopback}" and come through SSH (ssh -L ${port}:${loopback} HOST) or a reverse proxy with TLS on this host`;
}

/** What the address is and who gets there, in words that follow "is"; undefined for the loopback. */
function reachOf({ admin, tunnel, pools }: ApiSurroundings): string | undefined {
  const { host } = admin.listen;
  const address = parseIpv4(host);
  if (address === undefined) return host === "::1" ? undefined : "not the loopback";
  if (address >>> 24 === 127) return undefined;
  if (address === 0) return "every address of this host, the clients' tunnels included";
  const inTunnel = (range: AddressRange) => range.first <= address && address <= range.last;
  if (address === tunnel.localAddress || [tunnel.pool, ...pools.values()].flat().some(inTunnel))
    return "an address inside the tunnels: every VPN client reaches it";
  return "not the loopback: other hosts reach it";
}
