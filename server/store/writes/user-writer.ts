import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type RawBuilder, sql } from "kysely";
import { AppError } from "../../errors/app-error.ts";
import { nameKey } from "../../names/user-name.ts";
import { checkPolicy } from "../../policy/check-policy.ts";
import { POLICY_FIELDS } from "../../policy/group-policy.ts";
import type { Db } from "../database.ts";
import type { NameClashes } from "../name-clashes.ts";
import { isUser, nobodySentence } from "../user-lookup.ts";
import { USER_COLUMNS, userOf } from "../user-rows.ts";
import { checkName, checkPassword } from "../user-rules.ts";
import type { SecretKeeper } from "../user-secrets.ts";
import { columnsOfChange, columnsOfNew } from "../user-settings.ts";
import type { Labels, NewPassword, NewUser, User, UserChange, UserRef } from "../user-types.ts";
import { conflict, nameTaken, passwordNeeded } from "./user-refusals.ts";
import type { Done, OtherPassword, UserWrite, WholeUser } from "./write-types.ts";

/** What the writing of users needs. */
export interface UserWriterParts {
  /** A transaction: what is read here is still so when it is written. */
  readonly db: Db;
  readonly keeper: SecretKeeper;
  readonly clashes: Pick<NameClashes, "names">;
  /** ISO 8601. */
  readonly now: () => string;
  /** Static addresses that were taken from users in this transaction before anybody was written, by ID. */
  readonly freed: ReadonlyMap<string, string>;
}

type When = UserWrite["when"];

/** Writes users inside a transaction. A write that changes nothing leaves everything as it was. */
export class UserWriter {
  readonly #parts: UserWriterParts;

  constructor(parts: UserWriterParts) {
    this.#parts = parts;
  }

  write(write: UserWrite): Promise<Done<User>> {
    switch (write.do) {
      case "create":
        return this.#create(write.user, write.when);
      case "update":
        return this.#update(write.ref, write.change, write.password, write.when);
      case "put":
        return this.#put(write.ref, write.user, write.when);
      case "password":
        return this.#setPassword(write.ref, write.change, write.when);
      case "remove":
        return this.#remove(write.ref, write.when);
    }
  }

  async #create(user: NewUser, when?: When): Promise<Done<User>> {
    const { db, keeper, clashes, now } = this.#parts;
    const { name, password, recoverablePassword = false, ...settings } = user;
    checkName(name);
    checkPassword(password);
    when?.(undefined);
    if (clashes.names(name) !== undefined) throw await nameTaken(db, name);
    const id = randomUUID();
    const at = now();
    const created = await db
      .insertInto("users")
      .values({
        id,
        name,
        nameKey: nameKey(name),
        nameRank: 0,
        revision: 1,
        ...(await columnsOfNew(db, settings)),
        passwordChangedAt: at,
        createdAt: at,
        updatedAt: at,
        ntHash: keeper.sealHashes(id, password),
        password: recoverablePassword ? keeper.sealPassword(id, password) : null,
      })
      .returning(USER_COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(conflict(db, name));
    return { did: "created", before: undefined, after: userOf(created), password: true };
  }

  async #update(
    ref: UserRef,
    change: UserChange,
    password?: OtherPassword,
    when?: When,
  ): Promise<Done<User>> {
    const { db, now } = this.#parts;
    const before = await this.#existing(ref);
    when?.(before);
    const { name, recoverablePassword, mergeLabels, ...said } = change;
    const labels = mergeLabels === undefined ? {} : { labels: merged(before.labels, mergeLabels) };
    const settings = { ...said, ...labels };
    if (recoverablePassword === true && !before.recoverablePassword && password === undefined)
      throw passwordNeeded(before.name);
    const at = now();
    const secrets = await this.#secretsOf(before, password, recoverablePassword, at);
    const expiry =
      secrets.ntHash !== undefined && settings.passwordExpiresAt === undefined
        ? { passwordExpiresAt: password!.expiresAt }
        : {};
    const columns = {
      ...(await columnsOfChange(db, { ...settings, ...expiry })),
      ...(await this.#renaming(before, name)),
      ...secrets,
    };
    if (Object.keys(columns).length === 0) return unchanged(before);
    const row = await db
      .updateTable("users")
      .set({ ...columns, revision: sql<number>`revision + 1`, updatedAt: at })
      .where("id", "=", before.id)
      .returning(USER_COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(conflict(db, name));
    const after = userOf(row);
    const set = secrets.ntHash !== undefined;
    if (set || !same(before, after)) return { did: "changed", before, after, password: set };
    await db
      .updateTable("users")
      .set({ revision: sql<number>`revision - 1`, updatedAt: before.updatedAt })
      .where("id", "=", before.id)
      .execute();
    return unchanged(before);
  }

  async #put(ref: UserRef, whole: WholeUser, when?: When): Promise<Done<User>> {
    const { password, firstPassword, group = null, comment = "", labels = {}, ...user } = whole;
    const about = { group, comment, labels };
    if ((await this.#find(ref)) === undefined) {
      const { text, expiresAt } = password ?? firstPassword;
      return this.#create({ passwordExpiresAt: expiresAt, ...user, ...about, password: text }, when);
    }
    // When a password expires is said of that password, not of the user.
    const inherit = POLICY_FIELDS.filter(
      (field) => user[field] === undefined && field !== "passwordExpiresAt",
    );
    return this.#update(ref, { ...user, ...about, inherit }, password, when);
  }

  async #setPassword(ref: UserRef, change: NewPassword, when?: When): Promise<Done<User>> {
    const { db, keeper, now } = this.#parts;
    const { password, recoverablePassword, ...policy } = change;
    checkPassword(password);
    const { passwordExpiresAt } = checkPolicy(policy);
    const before = await this.#existing(ref);
    when?.(before);
    const at = now();
    const row = await db
      .updateTable("users")
      .set({
        ntHash: keeper.sealHashes(before.id, password),
        password: kept(recoverablePassword, keeper.sealPassword(before.id, password)),
        revision: sql<number>`revision + 1`,
        passwordChangedAt: at,
        updatedAt: at,
      })
      .$if(passwordExpiresAt !== undefined, (query) => query.set({ passwordExpiresAt }))
      .where("id", "=", before.id)
      .returning(USER_COLUMNS)
      .executeTakeFirstOrThrow();
    return { did: "changed", before, after: userOf(row), password: true };
  }

  async #remove(ref: UserRef, when?: When): Promise<Done<User>> {
    const before = await this.#existing(ref);
    when?.(before);
    await this.#parts.db.deleteFrom("users").where("id", "=", before.id).execute();
    return { did: "removed", before, after: undefined, password: false };
  }

  async #find(ref: UserRef): Promise<User | undefined> {
    const row = await this.#parts.db
      .selectFrom("users")
      .select(USER_COLUMNS)
      .where(isUser(ref))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const had = this.#parts.freed.get(row.id);
    return userOf(had === undefined ? row : { ...row, staticAddress: had });
  }

  async #existing(ref: UserRef): Promise<User> {
    const user = await this.#find(ref);
    if (user !== undefined) return user;
    if (typeof ref !== "string") throw new AppError("user-not-found", nobodySentence(ref, undefined));
    throw new AppError("user-not-found", nobodySentence(ref, this.#parts.clashes.names(ref)), { name: ref });
  }

  /** Columns for a new name; none where it is the old one, which may be of before today's rules. */
  async #renaming(user: User, name: string | undefined) {
    if (name === undefined || user.name === name) return {};
    const { db, clashes } = this.#parts;
    checkName(name);
    const key = nameKey(name);
    // The database knows the oldest of a clash only as long as that one is there.
    if (key !== nameKey(user.name) && clashes.names(name) !== undefined) throw await nameTaken(db, name);
    const nameRank = sql<number>`CASE WHEN name_key = ${key} THEN name_rank ELSE 0 END`;
    return { name, nameKey: key, nameRank };
  }

  /** Columns of what is kept of a password; `ntHash` only where it is another one than before. */
  async #secretsOf(
    { id }: User,
    password: OtherPassword | undefined,
    recoverable: boolean | undefined,
    at: string,
  ) {
    const { db, keeper } = this.#parts;
    if (password === undefined) return recoverable === false ? { password: null } : {};
    checkPassword(password.text);
    const row = await db
      .selectFrom("users")
      .select(["id", "ntHash", "password"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const sealed = keeper.sealPassword(id, password.text);
    if (keeper.isOf(row, password.text)) {
      if (recoverable === undefined || recoverable === (row.password !== null)) return {};
      return { password: recoverable ? sealed : null };
    }
    return {
      ntHash: keeper.sealHashes(id, password.text),
      password: kept(recoverable, sealed),
      passwordChangedAt: at,
    };
  }
}

/** RFC 7396 §2, for an object of texts. */
const merged = (labels: Labels, asked: Readonly<Record<string, string | null>>): Labels =>
  Object.fromEntries(
    Object.entries({ ...labels, ...asked }).flatMap(([key, value]) =>
      value === null ? [] : [[key, value] as const],
    ),
  );

const unchanged = (user: User): Done<User> => ({
  did: "unchanged",
  before: user,
  after: user,
  password: false,
});

const same = (before: User, after: User): boolean =>
  isDeepStrictEqual({ ...before, updatedAt: "", revision: "" }, { ...after, updatedAt: "", revision: "" });

/** The row says whether its password is kept where the caller does not. */
function kept(
  recoverable: boolean | undefined,
  sealed: Uint8Array,
): RawBuilder<Uint8Array> | Uint8Array | null {
  if (recoverable === undefined) return sql`CASE WHEN password IS NULL THEN NULL ELSE ${sealed} END`;
  return recoverable ? sealed : null;
}
