import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TestContext } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { temporaryDirectory } from "./temporary-store.ts";

const DUMPS = join(import.meta.dirname, "../unit/store/dumps");

/** A state directory as an earlier pacd left it: a file of `dumps/`, or an absolute path. */
export function stateFrom(t: TestContext, dump: string): string {
  const directory = temporaryDirectory(t);
  const text = readFileSync(resolve(DUMPS, dump), "utf8");
  const key = /^-- secret\.key: ([0-9a-f]{64})$/m.exec(text)?.[1];
  assert.ok(key !== undefined);
  writeFileSync(join(directory, "secret.key"), Buffer.from(key, "hex"), { mode: 0o600 });
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec(text);
  raw.close();
  return directory;
}
