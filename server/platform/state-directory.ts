import { accessSync, chmodSync, constants, mkdirSync, readdirSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import { AppError } from "../errors/app-error.ts";

/**
 * The directory of database, secret key and token, mode 0700: created with its parents where it is missing,
 * made private where it is ours and still empty (a fresh container volume). Returns its absolute path.
 *
 * Throws state-unusable where it is no directory, is open to others or cannot be written by us.
 */
export function openStateDirectory(path: string): string {
  const directory = resolve(path);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const stats = statSync(directory);
    if ((stats.mode & 0o077) !== 0) makePrivate(directory, stats);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError("state-unusable", sentence(directory, code ?? String(error)));
  }
}

function makePrivate(directory: string, stats: Stats): void {
  // Never a directory with something in it: /tmp or a home directory is in use by others.
  const empty = readdirSync(directory).length === 0;
  if (empty && stats.uid === process.getuid?.()) {
    chmodSync(directory, 0o700);
    return;
  }
  throw new AppError(
    "state-unusable",
    `The state directory ${directory} holds secrets and is open to others: run \`chmod 700 ${directory}\`, or choose a directory of pacd's own.`,
  );
}

function sentence(directory: string, code: string): string {
  switch (code) {
    case "EEXIST":
    case "ENOTDIR":
      return `The state directory ${directory} cannot be made, since a file stands in its place: choose another state.directory.`;
    case "EACCES":
    case "EPERM":
      return `pacd may not use the state directory ${directory}: run it as the directory's owner, or choose another state.directory.`;
    case "EROFS":
      return `The state directory ${directory} lies on a read-only file system: choose another state.directory.`;
    default:
      return `The state directory ${directory} cannot be used (${code}).`;
  }
}
