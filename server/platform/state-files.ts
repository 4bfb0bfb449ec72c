import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../errors/app-error.ts";

/** Permissions that anybody but the owner has. */
const OTHERS = 0o077;

/**
 * Writes a file that only we may read (0600), whole or not at all: a crash leaves the old one or the new one.
 * Throws state-unusable.
 */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeDurably(temporary, content);
    renameSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unusable(path, "cannot be written", error);
  }
}

/**
 * Reads a file that `writePrivateFile` wrote; undefined where there is none. Throws state-unusable where it
 * cannot be read, or where others can.
 */
export function readPrivateFile(path: string): Uint8Array | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unusable(path, "cannot be read", error);
  }
  try {
    // On the open file, so that what is judged is what is read.
    const complaint = privateFileComplaint(path, fstatSync(descriptor));
    if (complaint !== undefined) throw new AppError("state-unusable", complaint);
    return new Uint8Array(readFileSync(descriptor));
  } catch (error) {
    throw error instanceof AppError ? error : unusable(path, "cannot be read", error);
  } finally {
    closeSync(descriptor);
  }
}

function privateFileComplaint(path: string, stats: Stats): string | undefined {
  if (!stats.isFile()) return `${path} is not a file: move it away.`;
  if ((stats.mode & OTHERS) !== 0) {
    return `${path} holds a secret and can be read by others: run \`chmod 600 ${path}\`, and consider the secret known.`;
  }
  return undefined;
}

function writeDurably(path: string, content: string | Uint8Array): void {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    // A umask may have taken from the mode.
    fchmodSync(descriptor, 0o600);
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the rename itself survive a power cut. */
function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const unusable = (path: string, what: string, error: unknown): AppError =>
  new AppError("state-unusable", `${path} ${what} (${(error as NodeJS.ErrnoException).code}).`);
