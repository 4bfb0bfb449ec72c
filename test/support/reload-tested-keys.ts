import type { ConfigKey } from "../../server/config/key-values.ts";

/**
 * Where it is tried what a reload makes of each key: in a simulation (`test/simulation/reload-keys.test.ts`),
 * or where it needs a real host (`test/interop/reload-keys.test.ts`). Each of both has a proof for every key
 * of its list, and together they are all (`test/unit/reload/documents.test.ts`).
 */
export const IN_SIMULATION = [
  "pptp.max_sessions",
  "tunnel.local_address",
  "tunnel.pool",
  "tunnel.dns",
  "tunnel.wins",
  "tunnel.mtu",
  "security.authentication",
  "security.mppe_strengths",
  "security.mppe_stateful",
  "users.max_sessions",
  "password.min_length",
  "password.max_age_days",
  "records.sessions_days",
  "records.attempts_days",
  "records.audit_days",
  "events.keep",
  "events.days",
  "metrics.per_user",
  "gre.reorder_packets",
  "gre.reorder_delay_ms",
] as const satisfies readonly ConfigKey[];

export const ON_A_HOST = [
  "state.directory",
  "pptp.listen",
  "tunnel.interface",
  "tunnel.allow_overlap",
  "data_plane.workers",
  "data_plane.mppe",
  "nat.mode",
  "nat.accept_forward",
  "admin.listen",
  "admin.tls_certificate",
  "admin.tls_key",
  "admin.allow_plain",
  "admin.socket",
  "admin.socket_group",
  "admin.trusted_proxies",
  "admin.require_if_match",
  "log.level",
] as const satisfies readonly ConfigKey[];
