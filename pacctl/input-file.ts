import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { AppError } from "../server/errors/app-error.ts";
import { concat } from "../server/wire/bytes.ts";
import type { Input } from "./io.ts";

/** Permissions of a group and of everybody to read. */
const OTHERS_READ = 0o044;

/** See `Io.readInput`. */
export async function readInput(
  path: string,
  stdin: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Input> {
  if (path === "-") return { octets: await upTo(stdin, limit, "Standard input"), open: false };
  const file = await open(path, "r");
  const stats = await file.stat();
  // Of what is no file, such as `<(command)`, the size tells nothing.
  if (stats.isFile() && stats.size > limit) {
    await file.close();
    throw tooLarge(path, limit);
  }
  const stream = createReadStream("", { fd: file });
  return {
    octets: await upTo(stream, limit, path),
    open: stats.isFile() && (stats.mode & OTHERS_READ) !== 0,
  };
}

async function upTo(stream: AsyncIterable<Uint8Array>, limit: number, what: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > limit) throw tooLarge(what, limit);
    pieces.push(piece);
  }
  return concat(...pieces);
}

const tooLarge = (what: string, limit: number): AppError =>
  new AppError("usage", `${what} is longer than ${limit / 1024 / 1024} MiB.`);
