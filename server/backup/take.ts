import { rmSync } from "node:fs";
import { type FileHandle, open, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../store/store-types.ts";
import { archive, archiveLength, type Part } from "./archive.ts";
import { CONFIG, DATABASE, KEY, MAX_SMALL, OTHER, otherName, TOKEN } from "./files.ts";
import { FORMAT, MANIFEST, manifestOctets } from "./manifest.ts";
import { MAX_SIZE } from "./tar.ts";

/** What a backup is made of. */
export interface BackupSource {
  readonly store: Pick<Store, "backups" | "users">;
  /** The state directory. */
  readonly directory: string;
  /** Undefined: pacd runs with the built-in defaults. */
  readonly configFile: string | undefined;
  /** Further files, such as a certificate; those that lie in the state directory are taken along. */
  readonly files: () => readonly string[];
  readonly version: string;
  readonly host: string;
  readonly clock: Pick<Clock, "date">;
}

/** A backup that is on its way. */
export interface Backup {
  /** In octets. */
  readonly length: number;
  /** A name for the file. */
  readonly name: string;
  /** To be read once. At its end the backup is on record as made. */
  readonly octets: AsyncIterable<Uint8Array>;
  /** Gives it up where it was not read to its end, or not at all. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** Ours, in octets: what is read of the copy at once. */
const PORTION = 64 * 1024;

/** Makes a backup of the running server; one at a time. Throws backup-running and store-unavailable. */
export function backupTaker(source: BackupSource): () => Promise<Backup> {
  let running = false;
  return async () => {
    if (running)
      throw new AppError(
        "backup-running",
        "Another backup is being made. Wait until it is over, and ask again.",
      );
    running = true;
    const over = () => {
      running = false;
    };
    try {
      return await take(source, over);
    } catch (error) {
      over();
      throw error;
    }
  };
}

async function take(source: BackupSource, over: () => void): Promise<Backup> {
  const { store, directory, configFile, version, host, clock } = source;
  const at = clock.date();
  const copy = join(directory, `${DATABASE}.backup`);
  rmSync(copy, { force: true });
  await store.backups.copyTo(copy);
  const file = await open(copy, "r");
  // From here on nobody finds it, and nothing is left whatever becomes of pacd.
  await unlink(copy);
  try {
    const { size } = await file.stat();
    if (size > MAX_SIZE) throw new Error(`the database has ${size} octets, and a backup holds ${MAX_SIZE}`);
    const manifest = manifestOctets({
      format: FORMAT,
      pacd: version,
      schema: store.backups.schema,
      at: at.toISOString(),
      host,
      users: await store.users.count(),
      stateDirectory: directory,
      configFile: configFile ?? null,
    });
    const parts = [
      { name: MANIFEST, size: manifest.length, octets: [manifest] },
      ...(await smallFiles(source)),
      { name: DATABASE, size, octets: portions(file) },
    ];
    let open = true;
    const close = async () => {
      if (!open) return;
      open = false;
      await file.close();
      over();
    };
    return {
      length: archiveLength(parts),
      name: `pacd-${host}-${at.toISOString().replace(/[-:]|\.\d+/g, "")}.tar`,
      octets: whole(archive(parts, Math.floor(at.getTime() / 1000)), close, store.backups.handedOut),
      close,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function smallFiles({ directory, configFile, files }: BackupSource): Promise<Part[]> {
  const wanted: (readonly [string, string])[] = [
    [KEY, join(directory, KEY)],
    [TOKEN, join(directory, TOKEN)],
  ];
  if (configFile !== undefined) wanted.push([CONFIG, configFile]);
  for (const path of files()) {
    const name = otherName(directory, path);
    if (name !== undefined) wanted.push([name, join(directory, name.slice(OTHER.length))]);
  }
  const parts: Part[] = [];
  for (const [name, path] of wanted) {
    const octets = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (name === KEY)
        throw new AppError(
          "store-unavailable",
          `${path} cannot be read (${error.code}), and a backup without it is of no use. pacd still has the key in memory: put the file back from an older backup before pacd is stopped.`,
          { reason: "key-missing" },
        );
      // The configuration or the token was taken away, which a restore does without.
      if (error.code === "ENOENT" || error.code === "EACCES") return undefined;
      throw error;
    });
    if (octets !== undefined && octets.length <= MAX_SMALL)
      parts.push({ name, size: octets.length, octets: [octets] });
  }
  return parts;
}

async function* portions(file: FileHandle): AsyncGenerator<Uint8Array, void, void> {
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: new Uint8Array(PORTION) });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* whole(
  octets: AsyncIterable<Uint8Array>,
  close: () => Promise<void>,
  handedOut: () => Promise<void>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* octets;
    await handedOut();
  } finally {
    await close();
  }
}
