import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { syncToDisk } from "../platform/durable-files.ts";
import { closeCopy } from "../store/files/copies.ts";
import { lookAt } from "../store/files/look.ts";
import { missing } from "../store/files/missing.ts";
import { keyOf } from "./bare-database.ts";
import { type Contents, examine } from "./examine.ts";
import { DATABASE } from "./files.ts";
import { ownerOf, unwritable } from "./staging.ts";
import { whileStopped } from "./stopped-state.ts";

/** What is there now, and where a log that did not belong to it was put. */
export interface Accepted {
  readonly contents: Contents;
  readonly aside: string | undefined;
}

/**
 * Takes a database as it lies in a state directory, without the log that it lacks: whoever calls this has
 * been told what is missing. Throws state-in-use, state-incomplete where there is nothing to take, and what
 * `examine` throws.
 */
export async function accept(directory: string, clock: Pick<Clock, "date">): Promise<Accepted> {
  try {
    return await whileStopped(directory, ownerOf(directory), async () => {
      const found = lookAt(directory);
      const lacking = missing(directory, found);
      // What is whole needs no word from anybody; what holds nothing is not to be had by one.
      if (lacking !== undefined && (found.restoring || found.database === undefined || found.database.blank))
        throw lacking;
      if (lacking === undefined)
        throw new AppError("usage", `Nothing is missing in ${directory}: start pacd.`);
      const path = join(directory, DATABASE);
      const aside = `${path}-wal.aside-${clock
        .date()
        .toISOString()
        .replace(/[-:]|\.\d+/g, "")}`;
      const hasLog = existsSync(`${path}-wal`);
      if (hasLog) renameSync(`${path}-wal`, aside);
      rmSync(`${path}-shm`, { force: true });
      // Before the mark is written: one that is damaged stays as it is.
      const contents = examine(directory, await keyOf(directory));
      for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
      closeCopy(path);
      syncToDisk(path);
      syncToDisk(directory);
      return { contents, aside: hasLog ? aside : undefined };
    });
  } catch (error) {
    throw unwritable(directory, error);
  }
}
