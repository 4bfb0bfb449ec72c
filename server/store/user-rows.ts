import { sql } from "kysely";
import { appliedPolicy, isGroupField, POLICY_FIELDS } from "../policy/group-policy.ts";
import type { UserPolicy } from "../policy/user-policy.ts";
import type { UserRow } from "./database.ts";
import { GROUP_OF_USER, groupOfUser } from "./groups/group-of-user.ts";
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
  "revision",
  "groupId",
  "own",
  "comment",
  "labels",
  "lastLogInAt",
  "lastLogInAddress",
  "lastLogInSession",
  GROUP_OF_USER,
  sql<number>`password IS NOT NULL`.as("recoverable"),
] as const;

export type UserColumns = Omit<UserRow, "ntHash" | "password" | "nameKey" | "nameRank"> & {
  /** 0 or 1. */
  readonly recoverable: number;
  readonly groupJson: string | null;
};

/** The user with the policy that applies. Field by field: a row may hold more than may be shown. */
export function userOf(row: UserColumns): User {
  const group = groupOfUser(row.groupJson);
  const own = ownFields(row);
  const { policy, fromGroup } = appliedPolicy(ownPolicy(row), own, group?.decided);
  return {
    id: row.id,
    name: row.name,
    ...policy,
    group: group === undefined ? null : { id: group.id, name: group.name },
    own,
    fromGroup,
    comment: row.comment,
    labels: row.labels === "{}" ? {} : (JSON.parse(row.labels) as Record<string, string>),
    lastLogInAt: row.lastLogInAt,
    lastLogInAddress: row.lastLogInAddress,
    lastLogInSession: row.lastLogInSession,
    recoverablePassword: row.recoverable === 1,
    passwordChangedAt: row.passwordChangedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    revision: group === undefined ? `${row.revision}` : `${row.revision}.${group.revision}`,
  };
}

/** As it would be in no group. */
const ownPolicy = (row: Pick<UserRow, keyof UserPolicy>): UserPolicy => ({
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
});

/** Of what no group can decide, the user's own is what is there. */
function ownFields(
  row: Pick<UserRow, "own" | "staticAddress" | "passwordExpiresAt">,
): readonly (keyof UserPolicy)[] {
  const named = listOf(row.own);
  return POLICY_FIELDS.filter((field) => (isGroupField(field) ? named.includes(field) : row[field] !== null));
}

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
