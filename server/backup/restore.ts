import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { renameDurably, syncToDisk } from "../platform/durable-files.ts";
import { RESTORING } from "../store/files/look.ts";
import { CONFIG, DATABASE, KEY, OTHER, TOKEN } from "./files.ts";
import { makeFolders, type Owner, ownerOf, Staging, unwritable } from "./staging.ts";
import { whileStopped } from "./stopped-state.ts";

/** Where and how. */
export interface RestoreParts {
  /** The state directory; made where it is missing. */
  readonly directory: string;
  /** Puts a state that is there aside first, instead of refusing. */
  readonly force: boolean;
  readonly clock: Pick<Clock, "date">;
}

/** What came of a restore. */
export interface Restored<T> {
  readonly unpacked: T;
  /** Where the state of before is; undefined: there was none. */
  readonly aside: string | undefined;
  /** Where the configuration of the backup lies; undefined: it has none. */
  readonly config: string | undefined;
}

/** What makes up a state, in the order in which it is put in its place: a database comes after its key. */
const STATE = [KEY, TOKEN, `${DATABASE}-wal`, `${DATABASE}-shm`, DATABASE];

/**
 * Puts what `unpack` lays out into a state directory, wholly checked before anything there is touched. A
 * restore that is cut off is noticed by the next start. Throws state-in-use, state-exists, backup-unwritable,
 * and what `unpack` throws.
 */
export async function restore<T>(
  { directory, force, clock }: RestoreParts,
  unpack: (staging: Staging) => Promise<T>,
): Promise<Restored<T>> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const owner = ownerOf(directory);
    return await whileStopped(directory, owner, async () => {
      refuseExisting(directory, force);
      const staging = new Staging(join(directory, "restore.tmp"), owner);
      try {
        const unpacked = await unpack(staging);
        syncToDisk(staging.path);
        const stamp = clock
          .date()
          .toISOString()
          .replace(/[-:]|\.\d+/g, "");
        return { unpacked, ...place(directory, staging, owner, join(directory, `before-restore-${stamp}`)) };
      } finally {
        staging.remove();
      }
    });
  } catch (error) {
    throw unwritable(directory, error);
  }
}

function refuseExisting(directory: string, force: boolean): void {
  const found = STATE.filter((name) => existsSync(join(directory, name)));
  if (force || found.length === 0) return;
  throw new AppError(
    "state-exists",
    `${directory} holds a state already (${found.join(", ")}). With --force it is put aside, into a folder there, and the backup takes its place.`,
    { directory },
  );
}

function place(directory: string, staging: Staging, owner: Owner, aside: string) {
  const unfinished = join(directory, RESTORING);
  rmSync(unfinished, { recursive: true, force: true });
  // From here on the next start says that a restore was cut off.
  renameDurably(staging.path, unfinished);
  const others = staging.names
    .filter((name) => name.startsWith(OTHER))
    .map((name) => name.slice(OTHER.length));
  const old = [...STATE, ...others].filter((name) => existsSync(join(directory, name)));
  for (const name of old.reverse()) move(join(directory, name), join(aside, name), owner);
  for (const name of others) move(join(unfinished, OTHER, name), join(directory, name), owner);
  for (const name of STATE)
    if (existsSync(join(unfinished, name))) move(join(unfinished, name), join(directory, name), owner);
  const config = join(directory, `${CONFIG}.restored`);
  const hasConfig = staging.names.includes(CONFIG);
  if (hasConfig) renameSync(join(unfinished, CONFIG), config);
  syncToDisk(directory);
  rmSync(unfinished, { recursive: true, force: true });
  syncToDisk(directory);
  return {
    aside: old.length === 0 ? undefined : aside,
    config: hasConfig ? config : undefined,
  };
}

/** Folders on the way are made, private and the owner's. */
function move(from: string, to: string, owner: Owner): void {
  const folder = dirname(to);
  makeFolders(folder, owner);
  renameSync(from, to);
  syncToDisk(folder);
}
