import type { Clock } from "../platform/clock.ts";
import type { Db } from "./database.ts";
import type { TokenRepository } from "./store-types.ts";
import { isStoreUnavailable } from "./store-unavailable.ts";

/** Hashes of API tokens by name. */
export function tokenRepository(db: Db, clock: Pick<Clock, "date">): TokenRepository {
  /**
   * As they could last be read: an administrator gets in, and can disconnect, while the database cannot be
   * read.
   */
  let last: readonly Uint8Array[] | undefined;
  return {
    async put(name, hash) {
      const row = { hash: Buffer.from(hash), createdAt: clock.date().toISOString() };
      await db
        .insertInto("tokens")
        .values({ name, ...row })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
        .execute();
    },

    async hashes() {
      try {
        const rows = await db.selectFrom("tokens").select("hash").orderBy("name").execute();
        last = rows.map((row) => new Uint8Array(row.hash));
      } catch (error) {
        if (last === undefined || !isStoreUnavailable(error)) throw error;
      }
      return last;
    },
  };
}
