import { randomUUID } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { AppError } from "../errors/app-error.ts";
import { spelled } from "../names/spelled.ts";
import { nameKey } from "../names/user-name.ts";
import type { Clock } from "../platform/clock.ts";
import { checkPolicy, endsBeforeItBegins } from "../policy/check-policy.ts";
import type { Db, UserRow } from "./database.ts";
import { GROUP_OF_USER } from "./groups/group-of-user.ts";
import { namesOf } from "./groups/inheriting.ts";
import type { NameClashes } from "./name-clashes.ts";
import { isText, pager } from "./paging.ts";
import type { SecretBox } from "./secret-box.ts";
import type { UnwatchedUsers } from "./static-addresses.ts";
import type { UserRef } from "./store-types.ts";
import { isUser, nobodySentence } from "./user-lookup.ts";
import { USER_COLUMNS, userOf } from "./user-rows.ts";
import { checkName, checkPassword } from "./user-rules.ts";
import { SecretKeeper } from "./user-secrets.ts";
import { columnsOfChange, columnsOfNew, groupUnknown } from "./user-settings.ts";

/** What the users' repository works with. */
export interface UserParts {
  readonly db: Db;
  readonly box: SecretBox;
  /** RFC 2759 §8.3: MD4 over the password in UTF-16LE, 16 octets. */
  readonly ntHash: (password: string) => Uint8Array;
  readonly clock: Pick<Clock, "date">;
  readonly clashes: NameClashes;
}

const pages = pager("users", isText, (row: Pick<UserRow, "name">) => row.name);

/**
 * Users in the database. Passwords are hashed and sealed on the way in; only `credentials` opens what was
 * sealed.
 */
export function userRepository({ db, box, ntHash, clock, clashes }: UserParts): UnwatchedUsers {
  const now = () => clock.date().toISOString();
  const keeper = new SecretKeeper(box, ntHash);

  const notFound = (ref: UserRef) =>
    typeof ref === "string"
      ? new AppError("user-not-found", nobodySentence(ref, clashes.names(ref)), { name: ref })
      : new AppError("user-not-found", nobodySentence(ref, undefined));

  const find = async (ref: UserRef) => {
    const row = await db.selectFrom("users").select(USER_COLUMNS).where(isUser(ref)).executeTakeFirst();
    return row && userOf(row);
  };

  /**
   * What is written for a new name; nothing where it is the old one, which may be of before today's rules.
   */
  async function renamed(ref: UserRef, name: string) {
    const user = await find(ref);
    if (user === undefined) throw notFound(ref);
    if (user.name === name) return {};
    checkName(name);
    const key = nameKey(name);
    // The database knows the oldest of a clash only as long as that one is there.
    if (key !== nameKey(user.name) && clashes.names(name) !== undefined) throw await exists(db, name);
    return {
      name,
      nameKey: key,
      nameRank: sql<number>`CASE WHEN name_key = ${key} THEN name_rank ELSE 0 END`,
    };
  }

  return {
    async create({ name, password, recoverablePassword = false, ...settings }) {
      checkName(name);
      checkPassword(password);
      if (clashes.names(name) !== undefined) throw await exists(db, name);
      const id = randomUUID();
      const at = now();
      const row = {
        id,
        name,
        nameKey: nameKey(name),
        nameRank: 0,
        ...(await columnsOfNew(db, settings)),
        passwordChangedAt: at,
        createdAt: at,
        updatedAt: at,
        ntHash: keeper.sealHashes(id, password),
        password: recoverablePassword ? keeper.sealPassword(id, password) : null,
      };
      const created = await db
        .insertInto("users")
        .values(row)
        .returning(USER_COLUMNS)
        .executeTakeFirstOrThrow()
        .catch(conflict(db, name));
      return userOf(created);
    },

    find,

    async list(page) {
      const after = pages.after(page);
      let query = db
        .selectFrom("users")
        .select(USER_COLUMNS)
        .orderBy("name")
        .limit(page.limit + 1);
      if (after !== undefined) query = query.where("name", ">", after);
      return pages.cut(await query.execute(), page, userOf);
    },

    async update(ref, { name, recoverablePassword, ...settings }) {
      const columns = await columnsOfChange(db, settings);
      const naming = name === undefined ? {} : await renamed(ref, name);
      const changed = await db
        .updateTable("users")
        .set({ ...columns, ...naming, updatedAt: now() })
        .$if(recoverablePassword === false, (query) => query.set({ password: null }))
        .where(isUser(ref))
        .returning(USER_COLUMNS)
        .executeTakeFirst()
        .catch(conflict(db, name));
      if (changed === undefined) throw notFound(ref);
      if (name !== undefined) await clashes.without(changed.id);
      return userOf(changed);
    },

    async setPassword(ref, { password, recoverablePassword, ...policy }) {
      checkPassword(password);
      const { passwordExpiresAt } = checkPolicy(policy);
      const row = await db.selectFrom("users").select("id").where(isUser(ref)).executeTakeFirst();
      if (row === undefined) throw notFound(ref);
      const at = now();
      const changed = await db
        .updateTable("users")
        .set({
          ntHash: keeper.sealHashes(row.id, password),
          password: kept(recoverablePassword, keeper.sealPassword(row.id, password)),
          passwordChangedAt: at,
          updatedAt: at,
        })
        .$if(passwordExpiresAt !== undefined, (query) => query.set({ passwordExpiresAt }))
        .where("id", "=", row.id)
        .returning(USER_COLUMNS)
        .executeTakeFirst();
      if (changed === undefined) throw notFound(ref);
      return userOf(changed);
    },

    async remove(ref) {
      const row = await db.deleteFrom("users").where(isUser(ref)).returning(USER_COLUMNS).executeTakeFirst();
      if (row === undefined) throw notFound(ref);
      await clashes.without(row.id);
      return userOf(row);
    },

    async count() {
      const { users } = await db
        .selectFrom("users")
        .select((e) => e.fn.countAll<number>().as("users"))
        .executeTakeFirstOrThrow();
      return users;
    },

    async credentials(name) {
      const row = await db
        .selectFrom("users")
        .selectAll()
        .select(GROUP_OF_USER)
        .where(isUser(name))
        .executeTakeFirst();
      const secrets = keeper.open(row);
      if (row === undefined || secrets === undefined) return undefined;
      if (secrets === "altered")
        throw new AppError(
          "secret-key-mismatch",
          `The stored password of ${JSON.stringify(row.name)} was altered outside pacd; set a new one.`,
          { name: row.name },
        );
      return { user: userOf({ ...row, recoverable: row.password === null ? 0 : 1 }), ...secrets };
    },

    sharing: (name) => clashes.names(name),

    async withoutEncryption(limit) {
      // Literally, not as a parameter: only so does SQLite see that its partial index will do.
      const own = db.selectFrom("users").where("encryption", "=", sql.lit("optional"));
      return namesOf(db, own, sql<boolean>`groups.encryption = 'optional'`, "encryption", limit);
    },

    async withOtherPool(pools, limit) {
      const other = sql<boolean>`pool IS NOT NULL AND pool NOT IN (SELECT value FROM json_each(${JSON.stringify(pools)}))`;
      return namesOf(db, db.selectFrom("users").where(other), other, "pool", limit);
    },
  };
}

/**
 * The row says whether its password is kept where the caller does not; one statement, so no other can come
 * between.
 */
function kept(
  recoverable: boolean | undefined,
  sealed: Uint8Array,
): RawBuilder<Uint8Array> | Uint8Array | null {
  if (recoverable === undefined) return sql`CASE WHEN password IS NULL THEN NULL ELSE ${sealed} END`;
  return recoverable ? sealed : null;
}

/** Names whoever has the name, which may be spelled in another way. */
async function exists(db: Db, name: string): Promise<AppError> {
  const others = await db
    .selectFrom("users")
    .select("name")
    .where((e) => e.or([e("nameKey", "=", nameKey(name)), e("name", "=", name)]))
    .orderBy("nameRank")
    .execute();
  const who = others.map((other) => spelled(other.name)).join(" and ");
  const counts =
    "upper and lower case, fullwidth letters, and letters with their accent in one piece or two count as the same";
  return new AppError("user-exists", `There is a user of that name already, ${who}; ${counts}.`, {
    field: "name",
  });
}

/**
 * The database decides, not a question asked before: two requests at once cannot both win. `name`: the one
 * that was to be written.
 */
const conflict = (db: Db, name: string | undefined) => async (error: unknown) => {
  const text = error instanceof Error ? error.message : "";
  if (name !== undefined && text.includes("UNIQUE") && text.includes("users.name"))
    throw await exists(db, name);
  if (text.includes("UNIQUE") && text.includes("users.static_address"))
    throw new AppError("address-taken", "The static address belongs to another user.", {
      field: "staticAddress",
    });
  if (text.includes("CHECK") && text.includes("users_validity")) throw endsBeforeItBegins();
  // The group was removed in between.
  if (text.includes("FOREIGN KEY")) throw groupUnknown("There is no such group any more.");
  throw error;
};
