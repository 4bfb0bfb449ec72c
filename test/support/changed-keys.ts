import type { ConfigKey } from "../../server/config/key-values.ts";

/** How one key of a file can be changed alone. */
export interface ChangedKey {
  /** A value that is not its default, as it is written in the file. */
  readonly written: string;
  /** What it was before; its default where nothing is said. */
  readonly from?: string;
  /** Lines of its section without which it may not be written, before and after the change. */
  readonly beside?: string;
}

export const CHANGED_KEYS: Readonly<Record<ConfigKey, ChangedKey>> = {
  "state.directory": { written: '"/srv/pacd"' },
  "pptp.listen": { written: '["192.0.2.1:1723", "198.51.100.1:1723"]' },
  "pptp.max_sessions": { written: "7" },
  "tunnel.interface": { written: '"pac7"' },
  "tunnel.local_address": { written: '"10.77.0.2"' },
  "tunnel.pool": { written: '["10.77.0.10-10.77.0.20", "10.81.0.0/24"]' },
  "tunnel.allow_overlap": { written: "true" },
  "tunnel.dns": { written: '["10.0.0.53", "10.0.0.54"]' },
  "tunnel.wins": { written: '["10.0.0.42"]' },
  "tunnel.mtu": { written: "1300" },
  "security.authentication": { written: '["ms-chap-v2", "pap"]' },
  "security.mppe_strengths": { written: "[128, 40]" },
  "security.mppe_stateful": { written: "true" },
  "users.max_sessions": { written: "1" },
  "password.min_length": { written: "20" },
  "password.max_age_days": { written: "90" },
  "records.sessions_days": { written: "30" },
  "records.attempts_days": { written: "7" },
  "records.audit_days": { written: "0" },
  "events.keep": { written: "1000" },
  "events.days": { written: "0" },
  "metrics.per_user": { written: "true" },
  "gre.reorder_packets": { written: "0" },
  "gre.reorder_delay_ms": { written: "10" },
  "data_plane.workers": { written: "1" },
  "data_plane.mppe": { written: '"typescript"' },
  "nat.mode": { written: '"off"' },
  "nat.accept_forward": { written: "true" },
  "admin.listen": { written: '"127.0.0.1:9000"' },
  "admin.tls_certificate": {
    written: '"/srv/certificate.pem"',
    from: '"/srv/old.pem"',
    beside: 'tls_key = "/srv/key.pem"\n',
  },
  "admin.tls_key": {
    written: '"/srv/key.pem"',
    from: '"/srv/old.pem"',
    beside: 'tls_certificate = "/srv/certificate.pem"\n',
  },
  "admin.allow_plain": { written: "true" },
  "admin.socket": { written: '"/srv/pacd.sock"' },
  "admin.socket_group": { written: '"daemon"' },
  "admin.trusted_proxies": { written: '["192.0.2.1", "2001:db8::/32"]' },
  "admin.require_if_match": { written: "true" },
  "log.level": { written: '"debug"' },
};
