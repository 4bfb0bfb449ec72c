import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import { lockStateDirectory } from "../platform/state-lock.ts";
import { give, type Owner } from "./staging.ts";

/** The file that keeps a state directory to one pacd. */
const LOCK = "pacd.lock";

/**
 * Does `work` while no pacd can use the state directory. Throws state-in-use where one does, and says what to
 * do about it.
 */
export async function whileStopped<T>(directory: string, owner: Owner, work: () => Promise<T>): Promise<T> {
  let unlock: () => void;
  try {
    unlock = lockStateDirectory(directory);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "state-in-use") throw error;
    const process = /\(process \d+\) ?/.exec(error.message)?.[0] ?? "";
    throw new AppError(
      "state-in-use",
      `A pacd ${process}runs with ${directory}: stop it first (systemctl stop pacd), and start it again afterwards.`,
    );
  }
  try {
    // Made by root, it would keep pacd's own user out.
    if (existsSync(join(directory, LOCK))) give(join(directory, LOCK), owner);
    return await work();
  } finally {
    unlock();
  }
}
