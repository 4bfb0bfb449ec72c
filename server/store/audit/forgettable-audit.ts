import { sql } from "kysely";
import type { Db } from "../database.ts";
import type { Forgettable } from "../retention/retention.ts";

/** The audit log, as the retention forgets it. */
export const forgettableAudit = (db: Db): Forgettable => ({
  kind: "audit",
  async forget(before, most) {
    const { numAffectedRows } = await sql`DELETE FROM audit WHERE seq IN (
      SELECT seq FROM audit WHERE at < ${before} ORDER BY at LIMIT ${most}
    )`.execute(db);
    return Number(numAffectedRows);
  },
});
