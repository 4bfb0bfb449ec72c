import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { filtered } from "../../../../server/store/audit/audit-repository.ts";
import type { AuditFilter } from "../../../../server/store/audit/audit-types.ts";
import type { Tables } from "../../../../server/store/database.ts";
import { temporaryStore } from "../../../support/temporary-store.ts";

const FILTERS: readonly AuditFilter[] = [
  {},
  { actor: "olga" },
  { actorKind: "pacd" },
  { action: "changeUser" },
  { targetKind: "user" },
  { target: "anna" },
  { targetId: "u1" },
  { user: { name: "anna", id: "u1" } },
  { user: { name: "anna", id: undefined } },
  { result: "refused" },
  { since: "2026-01-01T00:00:00.000Z" },
  { until: "2026-01-01T00:00:00.000Z" },
  { address: "192.0.2.1" },
  { requestId: "r1" },
  { idPrefix: "1c0e" },
  { actor: "olga", since: "2026-01-01T00:00:00.000Z", result: "refused" },
];

test("no usual filter reads the whole table, nor sorts but what is about one user", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.close();
  const sqlite = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  t.after(() => sqlite.close());
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: sqlite }),
    plugins: [new CamelCasePlugin()],
  });
  for (const filter of FILTERS)
    for (const after of [undefined, "2026-01-01T00:00:00.000Z 0000000000000007"]) {
      const { sql, parameters } = filtered(db, filter, after).limit(51).compile();
      const plan = sqlite
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...parameters)
        .map(({ detail }) => detail);
      const name = JSON.stringify(filter);
      // By an index, in its order, is what a list without filters does: it ends with the page.
      const whole = plan.filter((step) => /SCAN audit/.test(step) && !/USING INDEX audit_by_time/.test(step));
      assert.deepEqual(whole, [], name);
      const few =
        filter.user !== undefined || filter.requestId !== undefined || filter.idPrefix !== undefined;
      const sorted = plan.filter((step) => step.includes("TEMP B-TREE"));
      if (!few) assert.deepEqual(sorted, [], name);
    }
});
