import { join } from "node:path";
import { AppError } from "../../errors/app-error.ts";
import { type FoundDatabase, type FoundFiles, type FoundLog, lookAt, RESTORING } from "./look.ts";
import { belongs } from "./run-mark.ts";
import { acceptCommand, restoreCommand } from "./way-back.ts";

/** What goes with every one of these sentences. */
const restoreBackup = (directory: string) => `restore a backup with ${restoreCommand(directory)}`;
const acceptIt = (directory: string) =>
  `${acceptCommand(directory)} says what it holds, and lets pacd start with it`;

/**
 * Why a database must not be opened as it lies there: something is missing, so that pacd would start without
 * users that somebody counts on. undefined: nothing is. state-incomplete.
 */
export function missing(directory: string, found: FoundFiles): AppError | undefined {
  const sentence = seen(directory, found);
  return sentence === undefined ? undefined : new AppError("state-incomplete", sentence, { directory });
}

/**
 * The same of a directory that nobody has open in this process; undefined also where it cannot be looked
 * into, which others say.
 */
export function missingIn(directory: string): AppError | undefined {
  try {
    return missing(directory, lookAt(directory));
  } catch {
    return undefined;
  }
}

function seen(directory: string, { database, log, key, restoring }: FoundFiles): string | undefined {
  const path = join(directory, "pacd.db");
  const logPath = `${path}-wal`;
  if (restoring)
    return `A restore into ${directory} did not come to its end, so what lies there is not whole. Run it again: ${restoreCommand(directory)}; what was there before stands in the newest folder ${join(directory, "before-restore-*")}. (${join(directory, RESTORING)} marks it.)`;
  if (database === undefined) {
    if (log !== undefined && log.octets > 0)
      return `${logPath} is there, but the database that it belongs to, ${path}, is missing. Copy pacd.db from where the log came from, or ${restoreBackup(directory)}. To start anew without users, remove ${logPath}.`;
    if (key)
      return `${join(directory, "secret.key")} is there, but the database with the users, ${path}, is missing. Copy pacd.db and pacd.db-wal from where the key came from, or ${restoreBackup(directory)}. To start anew without users, remove ${join(directory, "secret.key")}.`;
    return undefined;
  }
  if (database.octets === 0)
    return `${path} is empty: it has 0 octets, as after a copy to a full disk. Copy it again together with pacd.db-wal, or ${restoreBackup(directory)}. To start anew without users, remove ${path}.`;
  return withoutLog(directory, database, log) ?? foreign(directory, database, log);
}

/** A database whose changes lay in a log that is not there. */
function withoutLog(directory: string, { blank, mark }: FoundDatabase, log: FoundLog | undefined) {
  const path = join(directory, "pacd.db");
  if (log !== undefined && log.octets > 0) return undefined;
  if (blank)
    return `${path} holds nothing: it was copied while pacd was running, and all that it had stood in pacd.db-wal, which is missing. Copy pacd.db-wal as well from where it came from, or ${restoreBackup(directory)}. To start anew without users, remove ${path}.`;
  // An empty log is what a stop leaves between copying it into the file and beginning the next.
  if (mark?.open && log === undefined)
    return `${path} was copied while pacd was running, and without pacd.db-wal: the latest changes are missing. Copy pacd.db-wal as well from where it came from, or ${restoreBackup(directory)}. Where this file is all that is left, ${acceptIt(directory)}.`;
  return undefined;
}

/** SQLite would write the log's pages into a database that they are not of. */
function foreign(directory: string, { mark }: FoundDatabase, log: FoundLog | undefined): string | undefined {
  const path = join(directory, "pacd.db");
  if (log === undefined || !log.frames) return undefined;
  const fits =
    mark === undefined ? log.mark === undefined : log.mark !== undefined && belongs(mark, log.mark);
  if (fits) return undefined;
  return `${path}-wal does not belong to ${path}: they are of different databases, or of different times. Together they would be damaged. Copy both from the same place, or ${restoreBackup(directory)}. Where ${path} is what you want, ${acceptIt(directory)}, and puts the log aside.`;
}
