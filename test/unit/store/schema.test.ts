import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { MIGRATIONS } from "../../../migrations/index.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const FOLDER = join(import.meta.dirname, "../../../migrations");

test("migrations/schema.sql is the schema after all migrations", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.close();
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  t.after(() => raw.close());
  const rows = raw
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema
       WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'kysely\\_%' ESCAPE '\\'
       ORDER BY tbl_name, type DESC, name`,
    )
    .all();
  const schema = rows.map(({ sql }) => `${sql};\n`).join("\n");
  assert.equal(schema, readFileSync(join(FOLDER, "schema.sql"), "utf8"));
});

test("every file of a migration is listed in the index under its own name, and numbers go up by one", () => {
  const files = readdirSync(FOLDER).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  assert.deepEqual(Object.keys(MIGRATIONS), files.map((name) => name.slice(0, -3)).sort());
  for (const [index, name] of Object.keys(MIGRATIONS).entries())
    assert.equal(name.slice(0, 4), String(index + 1).padStart(4, "0"));
});

test("the database runs in WAL mode", async (t) => {
  const { directory } = await temporaryStore(t);
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  t.after(() => raw.close());
  assert.equal(raw.pragma("journal_mode", { simple: true }), "wal");
});
