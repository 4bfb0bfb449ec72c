import { statSync } from "node:fs";
import { storeUnavailable } from "./faults.ts";

/** A file by what stays when its name does not. */
interface Identity {
  readonly dev: number;
  readonly ino: number;
}

/**
 * Watches the database file and its log (`-wal`), which SQLite never looks at again once they are open: deleted or replaced, it would
 * go on writing into what nobody finds after a restart.
 */
export class DatabaseFile {
  readonly #path: string;
  readonly #file: Identity | undefined;
  #log: Identity | undefined;

  /** Call when the database has just been opened. */
  constructor(path: string) {
    this.#path = path;
    this.#file = identityOf(path);
    this.#log = identityOf(`${path}-wal`);
  }

  /** Throws store-unavailable where the file that is open is no longer the one at the path. */
  check(): void {
    const log = identityOf(`${this.#path}-wal`);
    this.#log ??= log;
    if (!same(this.#file, identityOf(this.#path)) || !same(this.#log, log))
      throw storeUnavailable("moved", this.#path);
  }
}

function identityOf(path: string): Identity | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const same = (a: Identity | undefined, b: Identity | undefined): boolean =>
  a?.ino === b?.ino && a?.dev === b?.dev;
