import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { AppError } from "../errors/app-error.ts";
import type { Taker } from "./reading.ts";

/** Whose the files of a state directory are. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export const ownerOf = (directory: string): Owner => statSync(directory);

/** Gives a file to its owner, where we may: root restores for the user that pacd runs as. */
export function give(path: string, { uid, gid }: Owner): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}

/** Makes a folder and those above it where they are missing, private and the owner's. */
export function makeFolders(path: string, owner: Owner): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path), owner);
  mkdirSync(path, { mode: 0o700 });
  give(path, owner);
}

/** A private folder that is filled with files and taken away again, or becomes something else. */
export class Staging {
  readonly path: string;
  readonly #owner: Owner;
  readonly #names: string[] = [];

  /** Makes it, empty, in place of one that an earlier try has left. Throws as `node:fs` does. */
  constructor(path: string, owner: Owner) {
    this.path = path;
    this.#owner = owner;
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { mode: 0o700 });
    this.#own(path, 0o700);
  }

  /** The names of what is in it, as it came. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Where a new file goes. It is on the disk once it has ended. */
  file(name: string): Taker {
    const path = join(this.path, name);
    makeFolders(dirname(path), this.#owner);
    const descriptor = openSync(path, "wx", 0o600);
    this.#own(path, 0o600);
    return {
      write(octets) {
        for (let at = 0; at < octets.length; ) at += writeSync(descriptor, octets, at);
      },
      end: () => {
        fsyncSync(descriptor);
        closeSync(descriptor);
        this.#names.push(name);
      },
    };
  }

  read(name: string): Uint8Array | undefined {
    return this.#names.includes(name) ? readFileSync(join(this.path, name)) : undefined;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #own(path: string, mode: number): void {
    chmodSync(path, mode);
    give(path, this.#owner);
  }
}

/** backup-unwritable, from what the file system said about `path`. Other errors as they are. */
export function unwritable(path: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const why: Record<string, string> = {
    EACCES: "permission denied; run it as root, or as the user that pacd runs as",
    EPERM: "permission denied; run it as root, or as the user that pacd runs as",
    ENOSPC: `the disk is full; free space on the file system of ${dirname(path)} (df -h)`,
    EROFS: "the file system is read-only",
    ENOENT: `there is no folder ${dirname(path)}`,
    EEXIST: `there is a file ${basename(path)} already`,
  };
  return new AppError("backup-unwritable", `${path} cannot be written: ${why[code] ?? code}.`, { path });
}
