import { type RawBuilder, sql } from "kysely";
import { type DecidedPolicy, GROUP_FIELDS, type GroupField } from "../../policy/group-policy.ts";
import type { GroupRow } from "../database.ts";
import { decidedOf } from "./group-rows.ts";

/** The group of one user, with what it decides. */
export interface GroupOfUser {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly decided: DecidedPolicy;
}

/**
 * The user's group as JSON text; null: none. A subquery, for it stands in every statement on `users` alike,
 * also behind RETURNING, where nothing can be joined.
 */
export const GROUP_OF_USER = sql<string | null>`(
  SELECT json_object(${sql.join(["id", "name", "revision", ...GROUP_FIELDS].flatMap((field) => [sql.lit(field), column(field)]))})
  FROM groups AS of_user WHERE of_user.id = users.group_id)`.as("groupJson");

/** Members of one group come one after the other, each with the same text. */
let last: { readonly json: string; readonly group: GroupOfUser } | undefined;

export function groupOfUser(json: string | null): GroupOfUser | undefined {
  if (json === null) return undefined;
  if (last?.json !== json) {
    const row = JSON.parse(json) as Pick<GroupRow, "id" | "name" | "revision" | GroupField>;
    last = { json, group: { id: row.id, name: row.name, revision: row.revision, decided: decidedOf(row) } };
  }
  return last.group;
}

/** Kysely's plugin for camelCase reads no text. */
function column(field: string): RawBuilder<unknown> {
  return sql.ref(`of_user.${field}`);
}
