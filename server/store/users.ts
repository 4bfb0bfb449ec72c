import { sql } from "kysely";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { nextTurn } from "../platform/next-turn.ts";
import { claimDone } from "./answers/answers.ts";
import type { Db } from "./database.ts";
import { GROUP_OF_USER } from "./groups/group-of-user.ts";
import { namesOf } from "./groups/inheriting.ts";
import type { NameClashes } from "./name-clashes.ts";
import type { ReadsBeside } from "./reads-beside.ts";
import type { SecretBox } from "./secret-box.ts";
import type { UnwatchedUsers } from "./static-addresses.ts";
import type { UserRef } from "./store-types.ts";
import { isUser } from "./user-lookup.ts";
import { USER_COLUMNS, userOf } from "./user-rows.ts";
import { searchUsers } from "./user-search.ts";
import { SecretKeeper } from "./user-secrets.ts";
import { runWrites } from "./writes/run-writes.ts";

/** What the users' repository works with. */
export interface UserParts {
  readonly db: Db;
  readonly box: SecretBox;
  /** RFC 2759 §8.3: MD4 over the password in UTF-16LE, 16 octets. */
  readonly ntHash: (password: string) => Uint8Array;
  readonly clock: Pick<Clock, "date">;
  readonly clashes: NameClashes;
  /** Where log-ins read. */
  readonly beside: ReadsBeside;
}

/** Ours: log-ins do not wait for more writes than so many; fewer take some milliseconds. */
const LONG = 10;

/**
 * Users in the database. Passwords are hashed and sealed on the way in; only `credentials` opens what was
 * sealed.
 */
export function userRepository({ db, box, ntHash, clock, clashes, beside }: UserParts): UnwatchedUsers {
  const keeper = new SecretKeeper(box, ntHash);
  const parts = { db, keeper, clashes, clock, turn: nextTurn, claimDone: claimDone(box, clock) };

  const find = async (ref: UserRef) => {
    const row = await db.selectFrom("users").select(USER_COLUMNS).where(isUser(ref)).executeTakeFirst();
    return row && userOf(row);
  };

  return {
    write: (writes, terms) => {
      const run = () => runWrites(writes, terms, parts);
      return writes.length > LONG || terms.document !== undefined ? beside.during(run) : run();
    },

    find,

    async some(ids) {
      const rows = await db
        .selectFrom("users")
        .select(USER_COLUMNS)
        .where(sql<boolean>`users.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
        .execute();
      return rows.map(userOf);
    },

    list: (page) => searchUsers(db, page),

    async count() {
      const { users } = await db
        .selectFrom("users")
        .select((e) => e.fn.countAll<number>().as("users"))
        .executeTakeFirstOrThrow();
      return users;
    },

    async credentials(name) {
      const row = await beside.read((db) =>
        db.selectFrom("users").selectAll().select(GROUP_OF_USER).where(isUser(name)).executeTakeFirst(),
      );
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
