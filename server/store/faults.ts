import { dirname } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { AppError } from "../errors/app-error.ts";
import { restoreCommand } from "./files/way-back.ts";

/**
 * What can be wrong with the database file while pacd runs; none of it is a mistake of pacd or of who asked.
 */
export type StoreFault =
  | "locked"
  | "full"
  | "read-only"
  | "io-error"
  | "corrupt"
  | "unopenable"
  | "no-memory"
  | "moved";

/** By the beginning of SQLite's result code, which may be an extended one. */
const KINDS: readonly (readonly [string, StoreFault])[] = [
  ["SQLITE_BUSY", "locked"],
  ["SQLITE_LOCKED", "locked"],
  ["SQLITE_PROTOCOL", "locked"],
  ["SQLITE_FULL", "full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_IOERR", "io-error"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
  ["SQLITE_CANTOPEN", "unopenable"],
  ["SQLITE_PERM", "unopenable"],
  ["SQLITE_AUTH", "unopenable"],
  ["SQLITE_NOMEM", "no-memory"],
];

/** What was seen, and what to do about it. */
const WORDS: Readonly<Record<StoreFault, (path: string, code: string) => string>> = {
  locked: (path, code) =>
    `another program holds the lock of ${path} (${code}). End it or let it finish; fuser -v ${path} names it.`,
  full: (path, code) =>
    `the disk is full (${code}). Free space on the file system of ${dirname(path)}; df -h shows it.`,
  "read-only": (path, code) =>
    `${path} cannot be written (${code}). Mount its file system for writing again, and give the file back to pacd's user with mode 0600.`,
  "io-error": (path, code) =>
    `reading or writing ${path} failed (${code}). Its disk may be failing, or be mounted no more: dmesg says more.`,
  corrupt: (path, code) =>
    `${path} is damaged (${code}). Stop pacd, and restore the last backup with ${restoreCommand(dirname(path))}, which puts the damaged files aside.`,
  unopenable: (path, code) =>
    `${path} or a file beside it cannot be opened (${code}). Look at the owner and mode of ${dirname(path)}.`,
  "no-memory": (_path, code) => `the host has no memory left (${code}). Look for what takes it: free -m.`,
  moved: (path) =>
    `${path} was deleted, moved or replaced while pacd has it open, so what is written would be lost. Put the file back where it was, or restart pacd: when it stops it writes the database there once more, or to ${path}.kept where another file has taken its place.`,
};

/** The fault that an error of SQLite tells of; undefined for any other error. */
export function faultOf(error: unknown): StoreFault | undefined {
  if (!(error instanceof SqliteDatabase.SqliteError)) return undefined;
  const known = KINDS.find(([beginning]) => error.code.startsWith(beginning))?.[1];
  // The tables were there at the start: somebody wrote another database over this one.
  return known ?? (error.message.startsWith("no such table") ? "corrupt" : undefined);
}

/** store-unavailable: the database cannot be used now, by nobody's mistake. */
export function storeUnavailable(fault: StoreFault, path: string, code = ""): AppError {
  const words = `The database cannot be used: ${WORDS[fault](path, code)}`;
  return new AppError("store-unavailable", words, { reason: fault });
}
