import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Db, GroupRow } from "../database.ts";
import { isText, pager } from "../paging.ts";
import type { GroupWrite } from "../writes/write-types.ts";
import { isGroup } from "./group-lookup.ts";
import { GROUP_COLUMNS, groupOf } from "./group-rows.ts";
import type { GroupRef, GroupRepository } from "./group-types.ts";
import { GroupWriter } from "./group-writer.ts";

const pages = pager("groups", isText, (row: Pick<GroupRow, "name">) => row.name);

/** Groups in the database. */
export function groupRepository(db: Db, clock: Pick<Clock, "date">): GroupRepository {
  const single = (write: GroupWrite) =>
    db
      .transaction()
      .execute((transaction) => new GroupWriter(transaction, () => clock.date().toISOString()).write(write));
  const find = async (ref: GroupRef) => {
    const row = await db.selectFrom("groups").select(GROUP_COLUMNS).where(isGroup(ref)).executeTakeFirst();
    return row && groupOf(row);
  };

  return {
    create: async (group) => (await single({ kind: "group", do: "create", group })).after!,

    find,

    async list(page) {
      const after = pages.after(page);
      let query = db
        .selectFrom("groups")
        .select(GROUP_COLUMNS)
        .orderBy("name")
        .limit(page.limit + 1);
      if (after !== undefined) query = query.where("name", ">", after);
      return pages.cut(await query.execute(), page, groupOf);
    },

    update: async (ref, change) => (await single({ kind: "group", do: "update", ref, change })).after!,

    remove: async (ref, { release }) => (await single({ kind: "group", do: "remove", ref, release })).before!,

    async withOtherPool(pools) {
      const rows = await db
        .selectFrom("groups")
        .select("name")
        .where("pool", "is not", null)
        .where(sql<boolean>`pool NOT IN (SELECT value FROM json_each(${JSON.stringify(pools)}))`)
        .orderBy("name")
        .execute();
      return rows.map(({ name }) => name);
    },

    async overridden({ id }, fields) {
      const { rows } = await sql<{ field: string; users: number }>`
        SELECT value AS field, count(*) AS users FROM users, json_each(users.own)
        WHERE users.group_id = ${id} AND value IN (SELECT value FROM json_each(${JSON.stringify(fields)}))
        GROUP BY value ORDER BY value`.execute(db);
      return Object.fromEntries(rows.map(({ field, users }) => [field, users]));
    },

    async count() {
      const { groups } = await db
        .selectFrom("groups")
        .select((e) => e.fn.countAll<number>().as("groups"))
        .executeTakeFirstOrThrow();
      return groups;
    },
  };
}
