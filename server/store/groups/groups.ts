import { randomUUID } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { AppError } from "../../errors/app-error.ts";
import { nameKey } from "../../names/user-name.ts";
import type { Clock } from "../../platform/clock.ts";
import { checkDecided, endsBeforeItBegins } from "../../policy/check-policy.ts";
import { UNDECIDED } from "../../policy/group-policy.ts";
import type { Db, GroupRow } from "../database.ts";
import { isText, pager } from "../paging.ts";
import { checkComment } from "../user-rules.ts";
import { decidedColumns, GROUP_COLUMNS, groupOf } from "./group-rows.ts";
import { checkGroupName } from "./group-rules.ts";
import type { GroupRef, GroupRepository } from "./group-types.ts";

const pages = pager("groups", isText, (row: Pick<GroupRow, "name">) => row.name);

/** The one group that is meant, for any statement on `groups`. */
export const isGroup = (ref: GroupRef): RawBuilder<boolean> =>
  typeof ref === "string"
    ? sql<boolean>`groups.name_key = ${nameKey(ref)}`
    : sql<boolean>`groups.id = ${ref.id}`;

/** One sentence for whoever asked for a group that is not there. */
export const noGroupSentence = (ref: GroupRef): string =>
  typeof ref === "string"
    ? `There is no group ${JSON.stringify(ref)}.`
    : `There is no group with the ID ${JSON.stringify(ref.id)}.`;

/** Groups in the database. */
export function groupRepository(db: Db, clock: Pick<Clock, "date">): GroupRepository {
  const now = () => clock.date().toISOString();
  const find = async (ref: GroupRef) => {
    const row = await db.selectFrom("groups").select(GROUP_COLUMNS).where(isGroup(ref)).executeTakeFirst();
    return row && groupOf(row);
  };
  const existing = async (ref: GroupRef) => {
    const group = await find(ref);
    if (group === undefined) throw notFound(ref);
    return group;
  };

  return {
    async create({ name, comment = "", ...policy }) {
      checkGroupName(name);
      checkComment(comment);
      const at = now();
      const decided = decidedColumns({ ...UNDECIDED, ...checkDecided(policy) }) as typeof UNDECIDED_ROW;
      const row = { id: randomUUID(), name, nameKey: nameKey(name), comment, createdAt: at, updatedAt: at };
      await db
        .insertInto("groups")
        .values({ ...row, ...decided })
        .execute()
        .catch(conflict(name));
      return groupOf({ ...row, ...decided, users: 0 });
    },

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

    async update(ref, { name, comment, ...policy }) {
      const decided = decidedColumns(checkDecided(policy));
      if (comment !== undefined) checkComment(comment);
      if (name !== undefined && (await existing(ref)).name !== name) checkGroupName(name);
      const changed = await db
        .updateTable("groups")
        .set({ ...decided, updatedAt: now() })
        .$if(name !== undefined, (query) => query.set({ name: name!, nameKey: nameKey(name!) }))
        .$if(comment !== undefined, (query) => query.set({ comment: comment! }))
        .where(isGroup(ref))
        .returning(GROUP_COLUMNS)
        .executeTakeFirst()
        .catch(conflict(name));
      if (changed === undefined) throw notFound(ref);
      return groupOf(changed);
    },

    remove: (ref, { release }) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom("groups")
          .select(GROUP_COLUMNS)
          .where(isGroup(ref))
          .executeTakeFirst();
        if (row === undefined) throw notFound(ref);
        const group = groupOf(row);
        if (group.users > 0 && !release) throw hasMembers(group.name, group.users);
        await transaction
          .updateTable("users")
          .set({ groupId: null, updatedAt: now() })
          .where("groupId", "=", group.id)
          .execute();
        await transaction.deleteFrom("groups").where("id", "=", group.id).execute();
        return group;
      }),

    async count() {
      const { groups } = await db
        .selectFrom("groups")
        .select((e) => e.fn.countAll<number>().as("groups"))
        .executeTakeFirstOrThrow();
      return groups;
    },
  };
}

/** Of which type the columns are that a group decides with. */
declare const UNDECIDED_ROW: Pick<GroupRow, keyof typeof UNDECIDED>;

const notFound = (ref: GroupRef) =>
  new AppError("group-not-found", noGroupSentence(ref), typeof ref === "string" ? { name: ref } : {});

function hasMembers(name: string, users: number): AppError {
  const who = users === 1 ? "1 user is" : `${users} users are`;
  return new AppError(
    "group-has-members",
    `${who} in the group ${JSON.stringify(name)}. Move them to another one, or remove it with members=release: they are in none then, and what the group decided no longer counts for them.`,
    { users },
  );
}

const conflict = (name: string | undefined) => (error: unknown) => {
  const text = error instanceof Error ? error.message : "";
  if (name !== undefined && text.includes("UNIQUE") && text.includes("groups.name"))
    throw new AppError(
      "group-exists",
      `There is a group of that name already, for ${JSON.stringify(name)}; upper and lower case count as the same.`,
      { field: "name" },
    );
  if (text.includes("CHECK") && text.includes("groups_validity")) throw endsBeforeItBegins();
  throw error;
};
