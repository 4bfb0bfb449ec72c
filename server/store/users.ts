import { randomUUID } from "node:crypto";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { UNRESTRICTED } from "../policy/user-policy.ts";
import type { Db, UserRow } from "./database.ts";
import { isText, pager } from "./paging.ts";
import type { Place, SecretBox } from "./secret-box.ts";
import type { User, UserRepository } from "./store-types.ts";
import { checkName, checkPassword, checkStaticAddress } from "./user-rules.ts";

/** What the users' repository works with. */
export interface UserParts {
  readonly db: Db;
  readonly box: SecretBox;
  /** RFC 2759 §8.3: MD4 over the password in UTF-16LE, 16 octets. */
  readonly ntHash: (password: string) => Uint8Array;
  readonly clock: Pick<Clock, "date">;
}

const COLUMNS = ["id", "name", "enabled", "staticAddress", "createdAt", "updatedAt"] as const;
const pages = pager("users", isText, (row: Pick<UserRow, "name">) => row.name);
const place = (id: string): Place => ({ row: id, column: "users.nt_hash" });

/** Users in the database. Passwords are hashed and sealed on the way in and never come out again. */
export function userRepository({ db, box, ntHash, clock }: UserParts): UserRepository {
  const now = () => clock.date().toISOString();
  const nobody = { ntHash: box.seal(new Uint8Array(16), place("nobody")), place: place("nobody") };

  async function change(
    name: string,
    values: (row: UserRow) => Partial<Pick<UserRow, "enabled" | "staticAddress" | "ntHash">>,
  ): Promise<User> {
    const row = await db.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
    if (row === undefined) throw notFound(name);
    const changed = await db
      .updateTable("users")
      .set({ ...values(row), updatedAt: now() })
      .where("id", "=", row.id)
      .returning(COLUMNS)
      .executeTakeFirst()
      .catch(conflict);
    if (changed === undefined) throw notFound(name);
    return userOf(changed);
  }

  return {
    async create({ name, password, enabled = true, staticAddress = null }) {
      checkName(name);
      checkPassword(password);
      const id = randomUUID();
      const at = now();
      const row = {
        id,
        name,
        enabled: enabled ? 1 : 0,
        staticAddress: staticAddress === null ? null : checkStaticAddress(staticAddress),
        ntHash: box.seal(ntHash(password), place(id)),
        createdAt: at,
        updatedAt: at,
      };
      await db.insertInto("users").values(row).execute().catch(conflict);
      return userOf(row);
    },

    async find(name) {
      const row = await db.selectFrom("users").select(COLUMNS).where("name", "=", name).executeTakeFirst();
      return row && userOf(row);
    },

    async list(page) {
      const after = pages.after(page);
      let query = db
        .selectFrom("users")
        .select(COLUMNS)
        .orderBy("name")
        .limit(page.limit + 1);
      if (after !== undefined) query = query.where("name", ">", after);
      return pages.cut(await query.execute(), page, userOf);
    },

    async update(name, { enabled, staticAddress }) {
      const values = {
        ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
        ...(staticAddress === undefined
          ? {}
          : { staticAddress: staticAddress === null ? null : checkStaticAddress(staticAddress) }),
      };
      return change(name, () => values);
    },

    async setPassword(name, { password }) {
      checkPassword(password);
      return change(name, ({ id }) => ({ ntHash: box.seal(ntHash(password), place(id)) }));
    },

    async remove(name) {
      const row = await db.deleteFrom("users").where("name", "=", name).returning(COLUMNS).executeTakeFirst();
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

    async staticAddresses() {
      const rows = await db
        .selectFrom("users")
        .select("staticAddress")
        .where("staticAddress", "is not", null)
        .orderBy("staticAddress")
        .execute();
      return rows.map((row) => row.staticAddress!);
    },

    async credentials(name) {
      const row = await db.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
      // An unknown name costs the same unsealing, so that the time of the answer does not tell who exists.
      const hash =
        row === undefined ? box.open(nobody.ntHash, nobody.place) : box.open(row.ntHash, place(row.id));
      if (row === undefined) return undefined;
      if (hash === undefined)
        throw new AppError(
          "secret-key-mismatch",
          `The stored password of ${JSON.stringify(row.name)} was altered outside pacd; set a new one.`,
          { name: row.name },
        );
      return { user: userOf(row), ntHashes: [hash], password: undefined };
    },

    async withoutEncryption() {
      return { names: [], total: 0 };
    },
  };
}

function userOf(row: Pick<UserRow, (typeof COLUMNS)[number]>): User {
  const { id, name, enabled, staticAddress, createdAt, updatedAt } = row;
  return {
    ...UNRESTRICTED,
    id,
    name,
    enabled: enabled === 1,
    staticAddress,
    recoverablePassword: false,
    passwordChangedAt: createdAt,
    createdAt,
    updatedAt,
  };
}

const notFound = (name: string) =>
  new AppError("user-not-found", `There is no user ${JSON.stringify(name)}.`, { name });

/** The unique indexes decide, not a question asked before: two requests at once cannot both win. */
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
  throw error;
}
