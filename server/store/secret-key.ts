import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type SqliteDatabase from "better-sqlite3";
import { AppError } from "../errors/app-error.ts";
import type { Db } from "./database.ts";
import { restoreCommand } from "./files/way-back.ts";
import { createSecretBox, KEY_LENGTH, type SecretBox } from "./secret-box.ts";

const CANARY = { row: "secret-key", column: "canaries.sealed" };
const advice = (path: string) =>
  `Copy the key from where the database came from, or restore both with ${restoreCommand(dirname(path))}. To start anew without users, remove ${join(dirname(path), "pacd.db")}.`;

/**
 * The secret box with the key of `secret.key` in the state directory. The first start creates the key. A
 * canary in the database tells whether the key is the one that the users' passwords are sealed with:
 * secret-key-mismatch where it is not, or is gone. Without users nothing is lost, so a new key is taken. Call
 * inside the opening transaction: two processes that start at once must not both create a key.
 */
export async function unlockSecretBox(db: Db, directory: string): Promise<SecretBox> {
  const path = join(directory, "secret.key");
  const stored = readKey(path);
  const key = stored ?? randomBytes(KEY_LENGTH);
  const box = createSecretBox(key);
  const canary = await db
    .selectFrom("canaries")
    .select("sealed")
    .where("name", "=", CANARY.row)
    .executeTakeFirst();
  if (stored !== undefined && canary !== undefined && box.open(canary.sealed, CANARY) !== undefined)
    return box;

  if ((await db.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined) {
    const what = stored === undefined ? "is missing" : "is not the key";
    throw new AppError(
      "secret-key-mismatch",
      `${path} ${what} that the users' passwords are sealed with. ${advice(path)}`,
      {
        path,
      },
    );
  }
  if (stored === undefined) writeKey(path, key);
  const sealed = box.seal(new Uint8Array(16), CANARY);
  await db
    .insertInto("canaries")
    .values({ name: CANARY.row, sealed })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ sealed }))
    .execute();
  return box;
}

/** Is this the key that a database is sealed with? For one that is not open otherwise. */
export function keyFits(sqlite: SqliteDatabase.Database, key: Uint8Array): boolean {
  if (key.length !== KEY_LENGTH) return false;
  const sealed = sqlite
    .prepare<[string], Uint8Array>("SELECT sealed FROM canaries WHERE name = ?")
    .pluck()
    .get(CANARY.row);
  return sealed !== undefined && createSecretBox(key).open(sealed, CANARY) !== undefined;
}

function readKey(path: string): Uint8Array | undefined {
  let key: Uint8Array;
  try {
    chmodSync(path, 0o600); // a copy from a backup may have come back readable to others
    key = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  if (key.length === KEY_LENGTH) return key;
  throw new AppError(
    "secret-key-mismatch",
    `${path} must hold exactly ${KEY_LENGTH} octets, not ${key.length}. ${advice(path)}`,
    { path },
  );
}

/** Whole or not at all, and on the disk before anything is sealed with it. */
function writeKey(path: string, key: Uint8Array): void {
  const draft = `${path}.new`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeSync(file, key);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
