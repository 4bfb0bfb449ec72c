import { randomUUID } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { checkPolicy, endsBeforeItBegins } from "../policy/check-policy.ts";
import { UNRESTRICTED } from "../policy/user-policy.ts";
import type { Db, UserRow } from "./database.ts";
import { isText, pager } from "./paging.ts";
import type { SecretBox } from "./secret-box.ts";
import type { UnwatchedUsers } from "./static-addresses.ts";
import { policyColumns, USER_COLUMNS, userOf } from "./user-rows.ts";
import { checkName, checkPassword } from "./user-rules.ts";
import { SecretKeeper } from "./user-secrets.ts";

/** What the users' repository works with. */
export interface UserParts {
  readonly db: Db;
  readonly box: SecretBox;
  /** RFC 2759 §8.3: MD4 over the password in UTF-16LE, 16 octets. */
  readonly ntHash: (password: string) => Uint8Array;
  readonly clock: Pick<Clock, "date">;
}

const pages = pager("users", isText, (row: Pick<UserRow, "name">) => row.name);

/** Users in the database. Passwords are hashed and sealed on the way in; only `credentials` opens what was sealed. */
export function userRepository({ db, box, ntHash, clock }: UserParts): UnwatchedUsers {
  const now = () => clock.date().toISOString();
  const keeper = new SecretKeeper(box, ntHash);

  return {
    async create({ name, password, recoverablePassword = false, ...policy }) {
      checkName(name);
      checkPassword(password);
      const id = randomUUID();
      const at = now();
      const row = {
        id,
        name,
        ...policyColumns({ ...UNRESTRICTED, ...checkPolicy(policy) }),
        passwordChangedAt: at,
        createdAt: at,
        updatedAt: at,
        ntHash: keeper.sealHashes(id, password),
        password: recoverablePassword ? keeper.sealPassword(id, password) : null,
      };
      await db.insertInto("users").values(row).execute().catch(conflict);
      return userOf({ ...row, recoverable: recoverablePassword ? 1 : 0 });
    },

    async find(name) {
      const row = await db
        .selectFrom("users")
        .select(USER_COLUMNS)
        .where("name", "=", name)
        .executeTakeFirst();
      return row && userOf(row);
    },

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

    async update(name, { recoverablePassword, ...policy }) {
      const changed = await db
        .updateTable("users")
        .set({ ...policyColumns(checkPolicy(policy)), updatedAt: now() })
        .$if(recoverablePassword === false, (query) => query.set({ password: null }))
        .where("name", "=", name)
        .returning(USER_COLUMNS)
        .executeTakeFirst()
        .catch(conflict);
      if (changed === undefined) throw notFound(name);
      return userOf(changed);
    },

    async setPassword(name, { password, recoverablePassword, ...policy }) {
      checkPassword(password);
      const { passwordExpiresAt } = checkPolicy(policy);
      const row = await db.selectFrom("users").select("id").where("name", "=", name).executeTakeFirst();
      if (row === undefined) throw notFound(name);
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
      if (changed === undefined) throw notFound(name);
      return userOf(changed);
    },

    async remove(name) {
      const row = await db
        .deleteFrom("users")
        .where("name", "=", name)
        .returning(USER_COLUMNS)
        .executeTakeFirst();
      if (row === undefined) throw notFound(name);
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
      const row = await db.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
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

    async withoutEncryption(limit) {
      // Literally, not as a parameter: only so does SQLite see that its partial index will do.
      const some = db.selectFrom("users").where("encryption", "=", sql.lit("optional"));
      const rows = await some.select("name").orderBy("name").limit(limit).execute();
      const { total } = await some
        .select((e) => e.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      return { names: rows.map((row) => row.name), total };
    },
  };
}

/** The row says whether its password is kept where the caller does not; one statement, so no other can come between. */
function kept(
  recoverable: boolean | undefined,
  sealed: Uint8Array,
): RawBuilder<Uint8Array> | Uint8Array | null {
  if (recoverable === undefined) return sql`CASE WHEN password IS NULL THEN NULL ELSE ${sealed} END`;
  return recoverable ? sealed : null;
}

const notFound = (name: string) =>
  new AppError("user-not-found", `There is no user ${JSON.stringify(name)}.`, { name });

/** The database decides, not a question asked before: two requests at once cannot both win. */
function conflict(error: unknown): never {
  const text = error instanceof Error ? error.message : "";
  if (text.includes("UNIQUE") && text.includes("users.name"))
    throw new AppError(
      "user-exists",
      "There is a user of that name already; upper and lower case count as the same.",
      {
        field: "name",
      },
    );
  if (text.includes("UNIQUE") && text.includes("users.static_address"))
    throw new AppError("address-taken", "The static address belongs to another user.", {
      field: "staticAddress",
    });
  if (text.includes("CHECK") && text.includes("users_validity")) throw endsBeforeItBegins();
  throw error;
}
