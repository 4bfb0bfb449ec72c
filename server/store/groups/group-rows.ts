import { sql } from "kysely";
import { type DecidedPolicy, GROUP_FIELDS, type GroupField } from "../../policy/group-policy.ts";
import type { GroupRow } from "../database.ts";
import type { Group } from "./group-types.ts";

const COLUMNS = ["id", "name", "comment", ...GROUP_FIELDS, "createdAt", "updatedAt", "revision"] as const;

/** Everything about a group, and how many are in it. */
export const GROUP_COLUMNS = [
  ...COLUMNS,
  sql<number>`(SELECT count(*) FROM users WHERE users.group_id = groups.id)`.as("users"),
] as const;

type GroupColumns = Pick<GroupRow, (typeof COLUMNS)[number]> & { readonly users: number };

export const groupOf = (row: GroupColumns): Group => ({
  id: row.id,
  name: row.name,
  comment: row.comment,
  ...decidedOf(row),
  users: row.users,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  revision: `${row.revision}`,
});

const LISTS: ReadonlySet<GroupField> = new Set([
  "allowedHours",
  "allowedSources",
  "dns",
  "allowedDestinations",
]);

/** What the group decides, out of its columns. */
export const decidedOf = (row: Pick<GroupRow, GroupField>): DecidedPolicy =>
  Object.fromEntries(
    GROUP_FIELDS.map((field) => {
      const value = row[field];
      if (value === null) return [field, null];
      if (field === "enabled") return [field, value === 1];
      return [field, LISTS.has(field) ? JSON.parse(String(value)) : value];
    }),
  ) as DecidedPolicy;

/** What to write for the fields that are given; those that are not are left out. */
export const decidedColumns = (policy: Partial<DecidedPolicy>): Partial<Pick<GroupRow, GroupField>> =>
  Object.fromEntries(
    Object.entries(policy).map(([field, value]) => [
      field,
      Array.isArray(value) ? JSON.stringify(value) : typeof value === "boolean" ? Number(value) : value,
    ]),
  );
