import { formatIpNetwork } from "../wire/ip-network.ts";
import { formatIpv4, type Ipv4 } from "../wire/ipv4.ts";
import { formatAddresses, formatEndpoint, formatRange } from "./addresses.ts";
import type { AddressRange, Config, PoolRange } from "./config-types.ts";
import type { KEYS, OPEN_SECTIONS } from "./keys.ts";

/** A key as operators call it, such as "tunnel.mtu". */
export type ConfigKey = {
  [S in keyof typeof KEYS]: `${S}.${Extract<keyof (typeof KEYS)[S], string>}`;
}[keyof typeof KEYS];

/** A section in which the operator names the keys, such as "pools". */
export type OpenSectionName = keyof typeof OPEN_SECTIONS;

/** A value as it would be written in the file. */
export type WrittenValue = string | number | boolean | readonly (string | number)[];

/**
 * When a changed key counts in a pacd that reads its file again: at once; for whom dials from then on, while
 * sessions that are up keep what they were told; or only after a restart.
 */
export type Counts = "now" | "next-dial" | "restart";

/** What there is to know of one key for a reload. */
export interface KeyInConfig {
  readonly counts: Counts;
  readonly value: (config: Config) => WrittenValue;
}

/**
 * Every key of the file, with its value out of a configuration. The compiler refuses a key of `KEYS` that is
 * not here; docs/operations.md has the same list, and a test compares.
 */
export const KEYS_IN_CONFIG: Readonly<Record<ConfigKey, KeyInConfig>> = {
  "state.directory": { counts: "restart", value: ({ state }) => state.directory },
  "pptp.listen": { counts: "now", value: ({ pptp }) => oneOrMore(pptp.listen.map(formatEndpoint)) },
  "pptp.max_sessions": { counts: "next-dial", value: ({ pptp }) => pptp.maxSessions },
  "tunnel.interface": { counts: "restart", value: ({ tunnel }) => tunnel.interface },
  "tunnel.local_address": { counts: "now", value: ({ tunnel }) => formatIpv4(tunnel.localAddress) },
  "tunnel.pool": { counts: "now", value: ({ tunnel }) => writtenPool(tunnel.pool) },
  "tunnel.allow_overlap": { counts: "now", value: ({ tunnel }) => tunnel.allowOverlap },
  "tunnel.dns": { counts: "next-dial", value: ({ tunnel }) => tunnel.dns.map(formatIpv4) },
  "tunnel.wins": { counts: "next-dial", value: ({ tunnel }) => tunnel.wins.map(formatIpv4) },
  "tunnel.mtu": { counts: "next-dial", value: ({ tunnel }) => tunnel.mtu },
  "security.authentication": { counts: "next-dial", value: ({ security }) => security.authentication },
  "security.mppe_strengths": { counts: "next-dial", value: ({ security }) => security.mppeStrengths },
  "security.mppe_stateful": { counts: "next-dial", value: ({ security }) => security.mppeStateful },
  "users.max_sessions": { counts: "next-dial", value: ({ users }) => users.maxSessions },
  "password.min_length": { counts: "now", value: ({ password }) => password.minLength },
  "password.max_age_days": { counts: "now", value: ({ password }) => password.maxAgeDays },
  "records.sessions_days": { counts: "now", value: ({ records }) => records.sessionsDays },
  "records.attempts_days": { counts: "now", value: ({ records }) => records.attemptsDays },
  "records.audit_days": { counts: "now", value: ({ records }) => records.auditDays },
  "events.keep": { counts: "now", value: ({ events }) => events.keep },
  "events.days": { counts: "now", value: ({ events }) => events.days },
  "metrics.per_user": { counts: "now", value: ({ metrics }) => metrics.perUser },
  "gre.reorder_packets": { counts: "now", value: ({ gre }) => gre.reorderPackets },
  "gre.reorder_delay_ms": { counts: "now", value: ({ gre }) => gre.reorderDelay },
  "data_plane.workers": { counts: "restart", value: ({ dataPlane }) => dataPlane.workers },
  "data_plane.mppe": { counts: "restart", value: ({ dataPlane }) => dataPlane.mppe },
  "nat.mode": { counts: "now", value: ({ nat }) => nat.mode },
  "nat.accept_forward": { counts: "now", value: ({ nat }) => nat.acceptForward },
  "admin.listen": { counts: "now", value: ({ admin }) => formatEndpoint(admin.listen) },
  "admin.tls_certificate": { counts: "now", value: ({ admin }) => admin.tls?.certificate ?? "" },
  "admin.tls_key": { counts: "now", value: ({ admin }) => admin.tls?.key ?? "" },
  "admin.allow_plain": { counts: "now", value: ({ admin }) => admin.allowPlain },
  "admin.socket": { counts: "now", value: ({ admin }) => admin.socket },
  "admin.socket_group": { counts: "now", value: ({ admin }) => admin.socketGroup },
  "admin.trusted_proxies": {
    counts: "now",
    value: ({ admin }) => admin.trustedProxies.map(formatIpNetwork),
  },
  "admin.require_if_match": { counts: "now", value: ({ admin }) => admin.requireIfMatch },
  "log.level": { counts: "now", value: ({ log }) => log.level },
};

/** Likewise of each section in which the operator names the keys: the values by those names. */
export const OPEN_SECTIONS_IN_CONFIG: Readonly<
  Record<
    OpenSectionName,
    { readonly counts: Counts; readonly values: (config: Config) => ReadonlyMap<string, WrittenValue> }
  >
> = {
  pools: {
    counts: "now",
    values: ({ pools }) => new Map([...pools].map(([name, ranges]) => [name, writtenPool(ranges)])),
  },
};

/** As most people write it: the one alone, and several as an array. */
const oneOrMore = (texts: readonly string[]): WrittenValue => (texts.length === 1 ? texts[0]! : texts);

/** The entries as they may have been written: the concentrator's own address may have cut one in two. */
function writtenPool(ranges: readonly PoolRange[]): readonly string[] {
  const entries = new Map<string, { readonly claims: AddressRange; first: Ipv4; last: Ipv4 }>();
  for (const { first, last, claims = { first, last } } of ranges) {
    const key = formatRange(claims);
    const entry = entries.get(key) ?? { claims, first, last };
    entries.set(key, entry);
    entry.last = last;
  }
  // A range lacks one address at most, which is the concentrator's; a network lacks both of its ends.
  return [...entries.values()].map(({ claims, first, last }) =>
    claims.first < first && last < claims.last ? formatAddresses(claims) : formatRange(claims),
  );
}
