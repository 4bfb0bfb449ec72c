import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { AppError } from "../../errors/app-error.ts";
import { nameKey } from "../../names/user-name.ts";
import { checkDecided, endsBeforeItBegins } from "../../policy/check-policy.ts";
import { UNDECIDED } from "../../policy/group-policy.ts";
import type { Db, GroupRow } from "../database.ts";
import { checkComment } from "../user-rules.ts";
import type { Done, GroupWrite } from "../writes/write-types.ts";
import { isGroup, noGroupSentence } from "./group-lookup.ts";
import { decidedColumns, GROUP_COLUMNS, groupOf } from "./group-rows.ts";
import { checkGroupName } from "./group-rules.ts";
import type { Group, GroupChange, GroupRef, NewGroup } from "./group-types.ts";

type When = GroupWrite["when"];

/** Writes groups inside a transaction. A write that changes nothing leaves everything as it was. */
export class GroupWriter {
  readonly #db: Db;
  readonly #now: () => string;

  constructor(db: Db, now: () => string) {
    this.#db = db;
    this.#now = now;
  }

  async write(write: GroupWrite): Promise<Done<Group>> {
    switch (write.do) {
      case "create":
        return this.#create(write.group, write.when);
      case "update":
        return this.#update(write.ref, write.change, write.when);
      case "put": {
        const there = (await this.#find(write.ref)) !== undefined;
        if (!there) return this.#create(write.group, write.when);
        return this.#update(write.ref, { ...UNDECIDED, comment: "", ...write.group }, write.when);
      }
      case "remove":
        return this.#remove(write.ref, write.release, write.when);
    }
  }

  async #create({ name, comment = "", ...policy }: NewGroup, when?: When): Promise<Done<Group>> {
    checkGroupName(name);
    checkComment(comment);
    when?.(undefined);
    const at = this.#now();
    const decided = decidedColumns({ ...UNDECIDED, ...checkDecided(policy) }) as typeof UNDECIDED_ROW;
    const row = { id: randomUUID(), name, nameKey: nameKey(name), comment, createdAt: at, updatedAt: at };
    await this.#db
      .insertInto("groups")
      .values({ ...row, revision: 1, ...decided })
      .execute()
      .catch(conflict(name));
    const after = groupOf({ ...row, revision: 1, ...decided, users: 0 });
    return { did: "created", before: undefined, after, password: false };
  }

  async #update(ref: GroupRef, change: GroupChange, when?: When): Promise<Done<Group>> {
    const before = await this.#existing(ref);
    when?.(before);
    const { name, comment, ...policy } = change;
    const decided = decidedColumns(checkDecided(policy));
    if (comment !== undefined) checkComment(comment);
    if (name !== undefined && before.name !== name) checkGroupName(name);
    const row = await this.#db
      .updateTable("groups")
      .set({ ...decided, revision: sql<number>`revision + 1`, updatedAt: this.#now() })
      .$if(name !== undefined, (query) => query.set({ name: name!, nameKey: nameKey(name!) }))
      .$if(comment !== undefined, (query) => query.set({ comment: comment! }))
      .where("id", "=", before.id)
      .returning(GROUP_COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(conflict(name));
    const after = groupOf(row);
    if (!same(before, after)) return { did: "changed", before, after, password: false };
    await this.#db
      .updateTable("groups")
      .set({ revision: sql<number>`revision - 1`, updatedAt: before.updatedAt })
      .where("id", "=", before.id)
      .execute();
    return { did: "unchanged", before, after: before, password: false };
  }

  async #remove(ref: GroupRef, release: boolean, when?: When): Promise<Done<Group>> {
    const before = await this.#existing(ref);
    when?.(before);
    if (before.users > 0 && !release) throw hasMembers(before.name, before.users);
    await this.#db
      .updateTable("users")
      .set({ groupId: null, revision: sql<number>`revision + 1`, updatedAt: this.#now() })
      .where("groupId", "=", before.id)
      .execute();
    await this.#db.deleteFrom("groups").where("id", "=", before.id).execute();
    return { did: "removed", before, after: undefined, password: false };
  }

  async #find(ref: GroupRef): Promise<Group | undefined> {
    const row = await this.#db
      .selectFrom("groups")
      .select(GROUP_COLUMNS)
      .where(isGroup(ref))
      .executeTakeFirst();
    return row && groupOf(row);
  }

  async #existing(ref: GroupRef): Promise<Group> {
    const group = await this.#find(ref);
    if (group === undefined)
      throw new AppError(
        "group-not-found",
        noGroupSentence(ref),
        typeof ref === "string" ? { name: ref } : {},
      );
    return group;
  }
}

/** Of which type the columns are that a group decides with. */
declare const UNDECIDED_ROW: Pick<GroupRow, keyof typeof UNDECIDED>;

const same = (before: Group, after: Group): boolean =>
  isDeepStrictEqual({ ...before, updatedAt: "", revision: "" }, { ...after, updatedAt: "", revision: "" });

function hasMembers(name: string, users: number): AppError {
  const who = users === 1 ? "1 user is" : `${users} users are`;
  return new AppError(
    "group-has-members",
    `${who} in the group ${JSON.stringify(name)}. Move them to another one, or remove it with members=release: they are in none then, and what the group decided no longer counts for them.`,
    { users, name },
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
