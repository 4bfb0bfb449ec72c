import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "../errors/app-error.ts";
import type { Config } from "./config-types.ts";
import { parseConfig } from "./load-config.ts";

/** Ours, in octets: a configuration of a thousand pools is smaller, and more would hold up the dials. */
const MOST = 256 * 1024;

/** Ours: an editor that writes in several steps is done after so many looks, or is still at it. */
const LOOKS = 20;

/**
 * Reads the file that pacd was started with again, and checks it as at the start. While it serves more can be
 * wrong with a file than then: it may be half written, so it is read until nothing changes any more from one
 * `pause` to the next, and an empty file, which at the start means the defaults, is refused. Throws as
 * `loadConfig` does.
 */
export async function rereadConfig(path: string, pause: () => Promise<void>): Promise<Config> {
  let before = await read(path);
  for (let look = 0; look < LOOKS; look++) {
    await pause();
    const now = await read(path);
    if (now.equals(before)) return parseConfig(textOf(now, path), path);
    before = now;
  }
  throw unreadable(path, "it changes all the time; try again when it is written");
}

async function read(path: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    // A pipe would keep us waiting for whoever writes into it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile()) throw unreadable(path, "it is no regular file");
    if (stat.size > MOST) throw unreadable(path, `it is larger than ${MOST / 1024} KiB`);
    const bytes = await file.readFile();
    if (bytes.length === 0)
      throw unreadable(path, "it is empty; a file that shall have the defaults has a comment at least");
    return bytes;
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(path, (error as Error).message);
  } finally {
    await file?.close();
  }
}

function textOf(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, "it is not UTF-8");
  }
}

const unreadable = (path: string, reason: string): AppError =>
  new AppError("config-unreadable", `${path}: cannot be read: ${reason}`, { file: path });
