import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { AppError } from "../../errors/app-error.ts";
import { nameKey } from "../../names/user-name.ts";
import { checkPolicy } from "../../policy/check-policy.ts";
import { POLICY_FIELDS } from "../../policy/group-policy.ts";
import { compiledOnce } from "../compiled-statements.ts";
import type { Db } from "../database.ts";
import type { NameClashes } from "../name-clashes.ts";
import { isNamed, nobodySentence } from "../user-lookup.ts";
import { USER_COLUMNS, type UserColumns, userOf } from "../user-rows.ts";
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

/** A user who is there: what the database has, and what that means. */
interface Found {
  readonly row: UserColumns;
  readonly user: User;
}

/** Writes users inside a transaction. A write that changes nothing leaves everything as it was. */
export class UserWriter {
  readonly #parts: UserWriterParts;

  constructor(parts: UserWriterParts) {
    this.#parts = parts;
  }

  async write(write: UserWrite): Promise<Done<User>> {
    switch (write.do) {
      case "create":
        return this.#create(write.user, write.when);
      case "update":
        return this.#update(await this.#existing(write.ref), write.change, write.password, write.when);
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
    const row = {
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
    };
    const { rows } = await compiledOnce(db, "add user", row, (db, place) =>
      db.insertInto("users").values(places(row, place)).returning(USER_COLUMNS),
    ).catch(conflict(db, name));
    const created = rows[0]!;
    return { did: "created", before: undefined, after: userOf(created), password: true };
  }

  async #update(
    { row, user: before }: Found,
    change: UserChange,
    password?: OtherPassword,
    when?: When,
  ): Promise<Done<User>> {
    const { db, now, freed } = this.#parts;
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
    const wanted = {
      ...(await columnsOfChange(db, { ...settings, ...expiry }, row.own)),
      ...(await this.#renaming(before, name)),
      ...secrets,
    };
    const columns = differing(wanted, row, freed.has(before.id));
    if (Object.keys(columns).length === 0) return unchanged(before);
    const after = await this.#set(before, columns, at).catch(conflict(db, name));
    const set = secrets.ntHash !== undefined;
    if (set || !same(before, after)) return { did: "changed", before, after, password: set };
    await db
      .updateTable("users")
      .set({ revision: sql<number>`revision - 1`, updatedAt: before.updatedAt })
      .where("id", "=", before.id)
      .execute();
    return unchanged(before);
  }

  /** Writes these columns, and returns the user as they are then. */
  async #set({ id }: User, columns: Columns, updatedAt: string): Promise<User> {
    const shape = `set ${Object.keys(columns).join()} of user`;
    const { rows } = await compiledOnce(this.#parts.db, shape, { ...columns, id, updatedAt }, (db, place) =>
      db
        .updateTable("users")
        .set({
          ...places(columns, place),
          revision: sql<number>`revision + 1`,
          updatedAt: place("updatedAt"),
        })
        .where("id", "=", place("id"))
        .returning(USER_COLUMNS),
    );
    return userOf(rows[0]!);
  }

  async #put(ref: UserRef, whole: WholeUser, when?: When): Promise<Done<User>> {
    const { password, firstPassword, group = null, comment = "", labels = {}, ...user } = whole;
    const about = { group, comment, labels };
    const found = await this.#find(ref);
    if (found === undefined) {
      const { text, expiresAt } = password ?? firstPassword;
      return this.#create({ passwordExpiresAt: expiresAt, ...user, ...about, password: text }, when);
    }
    // When a password expires is said of that password, not of the user.
    const inherit = POLICY_FIELDS.filter(
      (field) => user[field] === undefined && field !== "passwordExpiresAt",
    );
    return this.#update(found, { ...user, ...about, inherit }, password, when);
  }

  async #setPassword(ref: UserRef, change: NewPassword, when?: When): Promise<Done<User>> {
    const { keeper, now } = this.#parts;
    const { password, recoverablePassword, ...policy } = change;
    checkPassword(password);
    const { passwordExpiresAt } = checkPolicy(policy);
    const { user: before } = await this.#existing(ref);
    when?.(before);
    const at = now();
    const columns = {
      ntHash: keeper.sealHashes(before.id, password),
      password:
        (recoverablePassword ?? before.recoverablePassword) ? keeper.sealPassword(before.id, password) : null,
      passwordChangedAt: at,
      ...(passwordExpiresAt === undefined ? {} : { passwordExpiresAt }),
    };
    const after = await this.#set(before, columns, at);
    return { did: "changed", before, after, password: true };
  }

  async #remove(ref: UserRef, when?: When): Promise<Done<User>> {
    const { user: before } = await this.#existing(ref);
    when?.(before);
    await compiledOnce(this.#parts.db, "remove user", { id: before.id }, (db, place) =>
      db.deleteFrom("users").where("id", "=", place("id")),
    );
    return { did: "removed", before, after: undefined, password: false };
  }

  async #find(ref: UserRef): Promise<Found | undefined> {
    const { db, freed } = this.#parts;
    const { rows } = await (typeof ref === "string"
      ? compiledOnce(db, "user by name", { name: ref, key: nameKey(ref) }, (db, place) =>
          db
            .selectFrom("users")
            .select(USER_COLUMNS)
            .where(isNamed(place("name"), place("key"))),
        )
      : compiledOnce(db, "user by ID", { id: ref.id }, (db, place) =>
          db.selectFrom("users").select(USER_COLUMNS).where("id", "=", place("id")),
        ));
    const [row] = rows;
    if (row === undefined) return undefined;
    const had = freed.get(row.id);
    return { row, user: userOf(had === undefined ? row : { ...row, staticAddress: had }) };
  }

  async #existing(ref: UserRef): Promise<Found> {
    const found = await this.#find(ref);
    if (found !== undefined) return found;
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
    return key === nameKey(user.name) ? { name } : { name, nameKey: key, nameRank: 0 };
  }

  /** Columns of what is kept of a password; `ntHash` only where it is another one than before. */
  async #secretsOf(
    { id, recoverablePassword: keptBefore }: User,
    password: OtherPassword | undefined,
    recoverable: boolean | undefined,
    at: string,
  ): Promise<{ ntHash?: Uint8Array; password?: Uint8Array | null; passwordChangedAt?: string }> {
    const { db, keeper } = this.#parts;
    const keep = recoverable ?? keptBefore;
    if (password === undefined) return keep === keptBefore ? {} : { password: null };
    checkPassword(password.text);
    const { rows } = await compiledOnce(db, "secrets of user", { id }, (db, place) =>
      db.selectFrom("users").select(["id", "ntHash"]).where("id", "=", place("id")),
    );
    const column = () => ({ password: keep ? keeper.sealPassword(id, password.text) : null });
    if (keeper.isOf(rows[0]!, password.text)) return keep === keptBefore ? {} : column();
    return { ntHash: keeper.sealHashes(id, password.text), ...column(), passwordChangedAt: at };
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

type Columns = Readonly<Record<string, unknown>>;

/**
 * Columns that are another than in the row, or that it does not show. An address that was freed is written
 * anew.
 */
const differing = (wanted: Columns, row: UserColumns, freed: boolean): Columns =>
  Object.fromEntries(
    Object.entries(wanted).filter(
      ([column, value]) =>
        (freed && column === "staticAddress") || (row as unknown as Columns)[column] !== value,
    ),
  );

/** A place for the value of each column. */
const places = <Row extends object>(
  columns: Row,
  place: (name: string) => never,
): { [C in keyof Row]: never } =>
  Object.fromEntries(Object.keys(columns).map((column) => [column, place(column)])) as never;
