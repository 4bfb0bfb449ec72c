import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { GroupField } from "../../policy/group-policy.ts";
import type { Db, Tables } from "../database.ts";

/** For statements on `users`: has nobody decided this field for the user? */
export const inherits = (field: GroupField): RawBuilder<boolean> =>
  sql<boolean>`instr(users.own, ${sql.lit(`"${field}"`)}) = 0`;

/**
 * Names of the users for whom something holds by their own policy, or by that of a group that they inherit
 * `field` from; and how many they are in all.
 */
export async function namesOf(
  db: Db,
  own: SelectQueryBuilder<Tables, "users", object>,
  groups: RawBuilder<boolean>,
  field: GroupField,
  limit: number,
): Promise<{ readonly names: readonly string[]; readonly total: number }> {
  const ofGroups = db
    .selectFrom("users")
    .where("groupId", "in", db.selectFrom("groups").select("groups.id").where(groups))
    .where(inherits(field));
  const all = own.select("users.name").union(ofGroups.select("users.name"));
  const rows = await all.orderBy("name").limit(limit).execute();
  const { total } = await db
    .selectFrom(all.as("affected"))
    .select((e) => e.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { names: rows.map((row) => row.name), total };
}
