/**
 * Every condition that can hold, by its code. `ready`: does `/readyz` go on saying yes while it holds?
 * `docs/conditions.md` lists the same codes; a test fails when either side knows one that the other does not.
 */
export const CONDITIONS = {
  "records-waiting": { ready: false },
  "records-dropped": { ready: false },
  "audit-waiting": { ready: true },
  "audit-dropped": { ready: true },
  "users-unreadable": { ready: false },
  "nat-missing": { ready: false },
  "nat-unavailable": { ready: true },
  "interface-down": { ready: false },
  "interface-address-missing": { ready: false },
  "routes-missing": { ready: false },
  "forwarding-off": { ready: false },
  "uplink-forwarding-off": { ready: true },
  "redirects-on": { ready: true },
  "forward-blocked": { ready: true },
  "pool-exhausted": { ready: false },
  "server-full": { ready: false },
  "pool-overlaps-host": { ready: true },
  "name-clash": { ready: true },
  "tls-certificate-broken": { ready: true },
  "tls-certificate-invalid": { ready: true },
  "tls-certificate-expiring": { ready: true },
  "tls-certificate-doubtful": { ready: true },
  "webhook-failing": { ready: true },
  "configuration-refused": { ready: true },
  "restart-needed": { ready: true },
} as const satisfies Record<string, { readonly ready: boolean }>;

export type ConditionCode = keyof typeof CONDITIONS;
