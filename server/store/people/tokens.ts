import type { Clock } from "../../platform/clock.ts";
import { hex } from "../../wire/bytes.ts";
import type { Db } from "../database.ts";
import type { Token, TokenRepository } from "./token-types.ts";

/**
 * API tokens. All of them are in memory as well, by their hash: a request costs no query, and whoever has a
 * token gets in, and can disconnect, while the database cannot be read.
 */
export async function tokenRepository(db: Db, clock: Pick<Clock, "date">): Promise<TokenRepository> {
  const rows = await db.selectFrom("tokens").selectAll().orderBy("name").execute();
  const known = new Map<string, Token>();
  for (const { id, name, role, hash } of rows) known.set(hex(hash), { id, name: name ?? "", role });
  return {
    async put(name, hash, role = "admin") {
      const row = { hash: Buffer.from(hash), createdAt: clock.date().toISOString() };
      await db
        .insertInto("tokens")
        .values({ id: name, name, role, sources: "[]", createdBy: "pacd", ...row })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
        .execute();
      for (const [key, token] of known) if (token.name === name) known.delete(key);
      known.set(hex(hash), { id: name, name, role });
    },

    find: (hash) => known.get(hex(hash)),

    has: (hash) => known.has(hex(hash)),
  };
}
