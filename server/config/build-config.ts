import { formatIpv4 } from "../wire/ipv4.ts";
import { formatEndpoint, formatRange, overlap, sameSocket, without } from "./addresses.ts";
import type { Fault } from "./check-document.ts";
import type { AddressRange, Config, PoolRange } from "./config-types.ts";
import type { Values } from "./keys.ts";
import { plainRefusal } from "./open-admin-api.ts";

/**
 * The configuration that checked values make. The concentrator's own address is taken out of the pools here:
 * a pool written as a network nearly always covers it. `resolve` makes paths of the file absolute.
 */
export function buildConfig(values: Values, resolve: (path: string) => string): Config {
  const {
    state,
    pptp,
    tunnel,
    pools,
    security,
    users,
    password,
    records,
    events,
    metrics,
    gre,
    nat,
    admin,
    log,
  } = values;
  const { workers, mppe } = values.data_plane;
  const { local_address: localAddress, pool, dns, wins, mtu } = tunnel;
  const less = (ranges: readonly PoolRange[]) => ranges.flatMap((range) => without(range, localAddress));
  return {
    state: { directory: resolve(state.directory) },
    pptp: { listen: pptp.listen, maxSessions: pptp.max_sessions },
    tunnel: {
      interface: tunnel.interface,
      localAddress,
      pool: less(pool),
      allowOverlap: tunnel.allow_overlap,
      dns,
      wins,
      mtu,
    },
    pools: new Map([...pools].map(([name, ranges]) => [name, less(ranges)])),
    security: {
      authentication: security.authentication,
      mppeStrengths: security.mppe_strengths.toSorted((a, b) => b - a),
      mppeStateful: security.mppe_stateful,
    },
    users: { maxSessions: users.max_sessions },
    password: { minLength: password.min_length, maxAgeDays: password.max_age_days },
    records: {
      sessionsDays: records.sessions_days,
      attemptsDays: records.attempts_days,
      auditDays: records.audit_days,
    },
    events: { keep: events.keep, days: events.days },
    metrics: { perUser: metrics.per_user },
    gre: { reorderPackets: gre.reorder_packets, reorderDelay: gre.reorder_delay_ms },
    dataPlane: { workers, mppe },
    nat: { mode: nat.mode, acceptForward: nat.accept_forward },
    admin: {
      listen: admin.listen,
      tls:
        admin.tls_certificate === "" || admin.tls_key === ""
          ? undefined
          : { certificate: resolve(admin.tls_certificate), key: resolve(admin.tls_key) },
      allowPlain: admin.allow_plain,
      socket: admin.socket.includes("/") ? resolve(admin.socket) : admin.socket,
      socketGroup: admin.socket_group,
      trustedProxies: admin.trusted_proxies,
      requireIfMatch: admin.require_if_match,
    },
    log: { level: log.level },
  };
}

/** What is wrong between keys that are right each for itself. `config` is what `values` made. */
export const crossFaults = (values: Values, config: Config): readonly Fault[] => [
  ...emptyPools(config),
  ...sharedAddresses(values),
  ...listenersClash(config),
  ...halfOfTls(values),
  ...openInClear(values, config),
];

function emptyPools({ tunnel, pools }: Config): readonly Fault[] {
  const says = `holds nothing but ${formatIpv4(tunnel.localAddress)}, which is tunnel.local_address`;
  const all: readonly Pool[] = [
    { path: ["tunnel", "pool"], ranges: tunnel.pool },
    ...[...pools].map(([name, ranges]) => ({ path: ["pools", name], ranges })),
  ];
  return all
    .filter(({ ranges }) => ranges.length === 0)
    .map(({ path }) => ({ path, code: "config-pool-empty", says }));
}

/** An address that two pools could hand out: told at the later pool, once for each of its entries. */
function sharedAddresses({ tunnel, pools }: Values): readonly Fault[] {
  const earlier: Pool[] = [{ path: ["tunnel", "pool"], ranges: tunnel.pool }];
  const faults: Fault[] = [];
  for (const [name, ranges] of pools) {
    for (const [index, range] of ranges.entries()) {
      const others = earlier.flatMap((pool) => pool.ranges.map((other) => ({ other, of: pool.path })));
      const shared = others.find(({ other }) => overlap(other, range));
      if (shared === undefined) continue;
      const says = `${formatRange(range)} overlaps ${formatRange(shared.other)} of ${shared.of.join(".")}`;
      faults.push({ path: ["pools", name, index], code: "config-pool-overlap", says });
    }
    earlier.push({ path: ["pools", name], ranges });
  }
  return faults;
}

function listenersClash({ pptp, admin }: Config): readonly Fault[] {
  if (!pptp.listen.some((endpoint) => sameSocket(endpoint, admin.listen))) return [];
  const says = `${formatEndpoint(admin.listen)} is taken by pptp.listen`;
  return [{ path: ["admin", "listen"], code: "config-bad-value", says }];
}

/** A certificate without its key, or the other way round. */
function halfOfTls({ admin }: Values): readonly Fault[] {
  if ((admin.tls_certificate === "") === (admin.tls_key === "")) return [];
  const [there, lacks] =
    admin.tls_key === ""
      ? (["tls_certificate", "tls_key"] as const)
      : (["tls_key", "tls_certificate"] as const);
  const says = `is set without admin.${lacks}: TLS needs the certificate and its key`;
  return [{ path: ["admin", there], code: "config-bad-value", says }];
}

/** Where half of TLS is there, that is the fault to mend. */
function openInClear({ admin }: Values, config: Config): readonly Fault[] {
  if (admin.tls_certificate !== "" || admin.tls_key !== "" || admin.allow_plain) return [];
  const says = plainRefusal(config);
  return says === undefined ? [] : [{ path: ["admin", "listen"], code: "config-bad-value", says }];
}

interface Pool {
  readonly path: readonly string[];
  readonly ranges: readonly AddressRange[];
}
