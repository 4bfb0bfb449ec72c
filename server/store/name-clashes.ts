import { sql } from "kysely";
import { nameKey } from "../names/user-name.ts";
import type { Db } from "./database.ts";

/** Users whose names were two before spellings were compared, and are one now; oldest first. */
export type NameClash = readonly { readonly id: string; readonly name: string }[];

/**
 * The clashes that there are, in memory: a log-in asks whether there is one, and must take the same time for
 * every name. No new one can come to be; one that is there ends when a user is renamed or removed.
 */
export class NameClashes {
  readonly #db: Db;
  readonly #changed: (clashes: readonly NameClash[]) => void;
  #byKey: ReadonlyMap<string, NameClash> = new Map();

  private constructor(db: Db, changed: (clashes: readonly NameClash[]) => void) {
    this.#db = db;
    this.#changed = changed;
  }

  /** `changed` is told at once what there is, and again whenever that is another. */
  static async read(db: Db, changed: (clashes: readonly NameClash[]) => void): Promise<NameClashes> {
    const clashes = new NameClashes(db, changed);
    await clashes.#read();
    return clashes;
  }

  /** The names of those who share one, whatever its spelling; undefined: nobody does. */
  names(name: string): readonly string[] | undefined {
    const clash = this.#byKey.size === 0 ? undefined : this.#byKey.get(nameKey(name));
    return clash?.map((user) => user.name);
  }

  /** The user was renamed or removed: of those who are left, the oldest has the key for itself. */
  async without(id: string): Promise<void> {
    if (![...this.#byKey.values()].some((clash) => clash.some((user) => user.id === id))) return;
    await sql`UPDATE users SET name_rank = 0 WHERE name_rank > 0 AND NOT EXISTS
      (SELECT 1 FROM users AS older WHERE older.name_key = users.name_key AND older.name_rank < users.name_rank)`.execute(
      this.#db,
    );
    await this.#read();
  }

  async #read(): Promise<void> {
    const shared = this.#db.selectFrom("users").select("nameKey").where("nameRank", ">", 0);
    const rows = await this.#db
      .selectFrom("users")
      .select(["id", "name", "nameKey"])
      .where("nameKey", "in", shared)
      .orderBy("nameRank")
      .execute();
    const byKey = Map.groupBy(rows, (row) => row.nameKey);
    this.#byKey = new Map(
      [...byKey]
        .filter(([, users]) => users.length > 1)
        .map(([key, users]) => [key, users.map(({ id, name }) => ({ id, name }))]),
    );
    this.#changed([...this.#byKey.values()]);
  }
}
