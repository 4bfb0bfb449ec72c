import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import { type Addon, isSystemError, loadAddon } from "./native/addon.ts";

const NAME = "pacd.lock";

/**
 * Makes the state directory this process's alone for as long as it lives, however it ends: two on one
 * database would each close the other's sessions at the start. The lock is the kernel's (flock(2)) on a file
 * there, in which the holder's process ID stands for whoever comes second. Returns what gives it up again.
 *
 * Throws state-in-use where another process has it, host-no-addon without the addon. A file system without
 * locks is used without one.
 */
export function lockStateDirectory(
  directory: string,
  addon: Pick<Addon, "lockFile" | "close"> = loadAddon(),
): () => void {
  const file = join(directory, NAME);
  let fd: number;
  try {
    fd = addon.lockFile(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "EAGAIN") throw inUse(directory, holderOf(file));
    if (error.syscall === "flock") return () => {};
    throw new AppError("state-unusable", `${file} cannot be opened (${error.code}).`);
  }
  writeFileSync(file, `${process.pid}\n`);
  return () => addon.close(fd);
}

/** Does a process run with this state directory? Nothing is made there, and no lock stays. */
export function isStateInUse(
  directory: string,
  addon: Pick<Addon, "lockFile" | "close"> = loadAddon(),
): boolean {
  const file = join(directory, NAME);
  if (!existsSync(file)) return false;
  try {
    addon.close(addon.lockFile(file));
    return false;
  } catch (error) {
    return isSystemError(error) && error.code === "EAGAIN";
  }
}

function inUse(directory: string, holder: string): AppError {
  return new AppError(
    "state-in-use",
    `Another pacd${holder} runs with the state directory ${directory}: stop it, or give this one a state.directory of its own.`,
  );
}

/** " (process 4711)"; nothing where the file does not say. */
function holderOf(file: string): string {
  const [pid] = /^[1-9]\d{0,9}(?=\n)/.exec(readText(file)) ?? [];
  return pid === undefined ? "" : ` (process ${pid})`;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
