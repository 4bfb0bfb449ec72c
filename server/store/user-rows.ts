import { sql } from "kysely";
import type { UserPolicy } from "../policy/user-policy.ts";
import type { UserRow } from "./database.ts";
import type { User } from "./store-types.ts";

/** Everything about a user that may be shown: not the secrets. */
export const USER_COLUMNS = [
  "id",
  "name",
  "enabled",
  "validFrom",
  "validUntil",
  "allowedHours",
  "allowedSources",
  "staticAddress",
  "pool",
  "dns",
  "encryption",
  "sessionTimeout",
  "idleTimeout",
  "maxSessions",
  "whenExceeded",
  "rateUp",
  "rateDown",
  "allowedDestinations",
  "passwordExpiresAt",
  "passwordChangedAt",
  "createdAt",
  "updatedAt",
  sql<number>`password IS NOT NULL`.as("recoverable"),
] as const;

type UserColumns = Omit<UserRow, "ntHash" | "password" | "nameKey" | "nameRank"> & {
  /** 0 or 1. */
  readonly recoverable: number;
};

/** Field by field: a row may hold more than may be shown. */
export const userOf = (row: UserColumns): User => ({
  id: row.id,
  name: row.name,
  enabled: row.enabled === 1,
  validFrom: row.validFrom,
  validUntil: row.validUntil,
  allowedHours: listOf(row.allowedHours),
  allowedSources: listOf(row.allowedSources).map(withoutLength),
  staticAddress: row.staticAddress,
  pool: row.pool,
  dns: row.dns === null ? null : listOf(row.dns),
  encryption: row.encryption,
  sessionTimeout: row.sessionTimeout,
  idleTimeout: row.idleTimeout,
  maxSessions: row.maxSessions,
  whenExceeded: row.whenExceeded,
  rateUp: row.rateUp,
  rateDown: row.rateDown,
  allowedDestinations: listOf(row.allowedDestinations),
  passwordExpiresAt: row.passwordExpiresAt,
  recoverablePassword: row.recoverable === 1,
  passwordChangedAt: row.passwordChangedAt,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** What to write for the settings that are given; those that are not are left out. */
export function policyColumns(policy: UserPolicy): Pick<UserRow, keyof UserPolicy>;
export function policyColumns(policy: Partial<UserPolicy>): Partial<Pick<UserRow, keyof UserPolicy>>;
export function policyColumns(policy: Partial<UserPolicy>): Partial<Pick<UserRow, keyof UserPolicy>> {
  const { enabled, allowedHours, allowedSources, dns, allowedDestinations, ...others } = policy;
  return {
    ...others,
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
    ...(allowedHours === undefined ? {} : { allowedHours: JSON.stringify(allowedHours) }),
    ...(allowedSources === undefined ? {} : { allowedSources: JSON.stringify(allowedSources) }),
    ...(dns === undefined ? {} : { dns: dns === null ? null : JSON.stringify(dns) }),
    ...(allowedDestinations === undefined
      ? {}
      : { allowedDestinations: JSON.stringify(allowedDestinations) }),
  };
}

/** The schema's CHECK lets nothing but a JSON array in. */
const listOf = (json: string): readonly string[] => (json === "[]" ? NONE : (JSON.parse(json) as string[]));

/** Single addresses were stored as "198.51.100.7/32" once; they are shown as they are written. */
const withoutLength = (source: string): string => source.replace(/\/32$/, "");

/** What nearly every list is; a login reads four. */
const NONE: readonly string[] = [];
