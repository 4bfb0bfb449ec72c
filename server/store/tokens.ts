import type { Clock } from "../platform/clock.ts";
import type { Db } from "./database.ts";
import type { TokenRepository } from "./store-types.ts";

/** Hashes of API tokens by name. */
export function tokenRepository(db: Db, clock: Pick<Clock, "date">): TokenRepository {
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
      const rows = await db.selectFrom("tokens").select("hash").orderBy("name").execute();
      return rows.map((row) => new Uint8Array(row.hash));
    },
  };
}
