import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { AppError } from "../errors/app-error.ts";
import { closeCopy } from "../store/files/copies.ts";
import { lookAt } from "../store/files/look.ts";
import { missing } from "../store/files/missing.ts";
import { type Contents, examine } from "./examine.ts";
import { DATABASE, KEY, TOKEN } from "./files.ts";
import type { Staging } from "./staging.ts";
import { fileOctets } from "./unpack.ts";

/** How a file of SQLite begins. */
export const SQLITE = "SQLite format 3\0";

/**
 * Lays out a database that stands for itself, such as `pacd.db.before-0006`, with its log where there is one
 * beside it, and the key and token of the state directory. Throws state-incomplete, secret-key-mismatch,
 * backup-damaged, backup-too-new.
 */
export async function unpackDatabase(file: string, directory: string, staging: Staging): Promise<Contents> {
  for (const end of ["", "-wal"]) {
    if (end !== "" && !existsSync(`${file}${end}`)) continue;
    await copy(`${file}${end}`, `${DATABASE}${end}`, staging);
  }
  for (const name of [KEY, TOKEN])
    if (existsSync(join(directory, name))) await copy(join(directory, name), name, staging);
  const key = staging.read(KEY);
  if (key === undefined)
    throw new AppError(
      "secret-key-mismatch",
      `${file} is a database without its key, and there is no ${join(directory, KEY)}: nobody could log in. Copy secret.key there from where the database came from.`,
    );
  const lacking = missing(staging.path, lookAt(staging.path));
  if (lacking !== undefined)
    throw new AppError(lacking.code, lacking.message.replaceAll(join(staging.path, DATABASE), file));
  return closed(staging, key);
}

/** What its log holds is brought into the file, which then needs none. */
function closed(staging: Staging, key: Uint8Array | undefined): Contents {
  const path = join(staging.path, DATABASE);
  try {
    closeCopy(path);
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error;
  }
  return examine(staging.path, key);
}

async function copy(from: string, name: string, staging: Staging): Promise<void> {
  const to = staging.file(name);
  for await (const octets of fileOctets(from)) to.write(octets);
  to.end();
}

/** The key of a state directory; undefined: there is none. */
export const keyOf = (directory: string): Promise<Uint8Array | undefined> =>
  readFile(join(directory, KEY)).catch(() => undefined);
