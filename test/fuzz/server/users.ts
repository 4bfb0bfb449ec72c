import type { NewUser } from "../../../server/store/store-types.ts";

/** Users of the fuzzed server; with all that a policy can hold. */
export const USERS: readonly NewUser[] = [
  { name: "alice", password: "s3cret" },
  {
    name: "bob",
    password: "hunter2",
    recoverablePassword: true,
    encryption: "optional",
    rateUp: 64_000,
    rateDown: 1_000_000,
    allowedDestinations: ["192.0.2.0/24", "10.0.0.0/8 udp 53"],
  },
  { name: "carol", password: "expired", passwordExpiresAt: "2026-01-01T00:00:00.000Z" },
  {
    name: "dora",
    password: "opensesame",
    recoverablePassword: true,
    encryption: "optional",
    maxSessions: 1,
    whenExceeded: "replace",
    sessionTimeout: 300,
    idleTimeout: 60,
    dns: ["192.0.2.53"],
  },
];
