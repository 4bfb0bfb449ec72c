import { sql } from "kysely";
import type { Db } from "../database.ts";
import type { Forgettable } from "./retention.ts";

/**
 * Sessions and dials, as the retention forgets them. What is still up is never old. In the order of their
 * beginnings, which have an index: one that lasted long is passed over until it is old itself.
 */
export const forgettableRecords = (db: Db): readonly Forgettable[] => [
  {
    kind: "sessions",
    async forget(before, most) {
      const { numAffectedRows } = await sql`DELETE FROM sessions WHERE seq IN (
        SELECT seq FROM sessions WHERE connected_at < ${before} AND disconnected_at < ${before}
        ORDER BY connected_at LIMIT ${most}
      )`.execute(db);
      return Number(numAffectedRows);
    },
  },
  {
    kind: "attempts",
    async forget(before, most) {
      const { numAffectedRows } = await sql`DELETE FROM attempts WHERE seq IN (
        SELECT seq FROM attempts WHERE started_at < ${before} AND ended_at < ${before}
        ORDER BY started_at LIMIT ${most}
      )`.execute(db);
      return Number(numAffectedRows);
    },
  },
];
