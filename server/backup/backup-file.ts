import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import { syncToDisk } from "../platform/durable-files.ts";
import { unwritable } from "./staging.ts";

/** What a backup is called while it is written: never the name of one. */
const UNFINISHED = ".part";

/** Is there a folder at the path, or is one meant? */
export const isFolder = (path: string): boolean =>
  path.endsWith("/") || (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);

/** Throws backup-unwritable where a file of that name is there already. */
export function refuseExistingFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw new AppError(
      "backup-unwritable",
      `${path} is there already: a backup takes no other file's place.`,
    );
}

/**
 * Writes a file that nobody else may read (0600): on the disk and under its name once `check` has read it
 * back, or not at all. Returns its length in octets. Throws backup-unwritable, and what the pieces and
 * `check` throw.
 */
export async function writeBackupFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  check: (path: string) => Promise<void>,
): Promise<number> {
  refuseExistingFile(path);
  const draft = `${path}.${randomBytes(4).toString("hex")}${UNFINISHED}`;
  let file: FileHandle | undefined;
  try {
    file = await open(draft, "wx", 0o600);
    let length = 0;
    for await (const octets of pieces) {
      await writeAll(file, octets, path);
      length += octets.length;
    }
    await file.sync();
    await file.close();
    await check(draft);
    takeName(draft, path);
    syncToDisk(dirname(path));
    return length;
  } catch (error) {
    await file?.close().catch(() => {});
    rmSync(draft, { force: true });
    throw unwritable(path, error);
  }
}

async function writeAll(file: FileHandle, octets: Uint8Array, path: string): Promise<void> {
  try {
    await file.writeFile(octets);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Of two that end at the same moment one is refused; where the file system has no links, the later one stays.
 */
function takeName(draft: string, path: string): void {
  try {
    linkSync(draft, path);
    rmSync(draft);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP"].includes(code)) throw error;
    renameSync(draft, path);
  }
}

/** A name that `pacctl backup create FOLDER` gives. */
const GIVEN = /^pacd-(.+)-\d{8}T\d{6}Z\.tar(?:\.age)?$/;

/** Removes all but the newest backups of the same host from the folder of `path`; returns the names. */
export function forgetOldBackups(path: string, keep: number): readonly string[] {
  const folder = dirname(path);
  const host = GIVEN.exec(basename(path))?.[1];
  const old = readdirSync(folder)
    .filter((name) => GIVEN.exec(name)?.[1] === host && statSync(join(folder, name)).isFile())
    // The time stands in the name, which sorts.
    .sort((a, b) => timeIn(b).localeCompare(timeIn(a)))
    .slice(keep);
  for (const name of old) rmSync(join(folder, name));
  if (old.length > 0) syncToDisk(folder);
  return old;
}

const timeIn = (name: string): string => /\d{8}T\d{6}Z/.exec(name.slice(-25))?.[0] ?? "";
