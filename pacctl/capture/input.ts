import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "../../server/errors/app-error.ts";
import { PackingBroken, unpacked } from "./packed.ts";
import type { CaptureReader } from "./reader.ts";

/** Octets asked for at once: enough that asking costs nothing beside reading. */
const CHUNK = 1024 * 1024;

/** Where a capture comes from. */
export interface CaptureInput {
  /** Each chunk is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Octets in all, where that is known. */
  readonly size: number | undefined;
  /** Octets of these that were read so far: others than the chunks have where they are packed. */
  readonly taken?: () => number;
  /** Nobody wants more of it, though a chunk may have been asked for that has not come. */
  readonly close?: () => void;
}

/**
 * A file, also one that is still being written or a named pipe, unpacked where it is packed. Throws AppError
 * `capture-unreadable`, here or from the chunks, which may throw PackingBroken too.
 */
export async function openCapture(path: string): Promise<CaptureInput> {
  const file = await open(path, constants.O_RDONLY).catch((error: unknown) => unreadable(path, error));
  const stats = await file.stat();
  if (stats.isDirectory()) {
    await file.close();
    return unreadable(path, new Error("it is a directory"));
  }
  let taken = 0;
  const chunks = chunksOf(file, path, (octets) => {
    taken += octets;
  });
  return { chunks: unpacked(chunks), size: stats.isFile() ? stats.size : undefined, taken: () => taken };
}

/**
 * Reads a capture to its end, or to where nothing more can be read. `progress` hears after each chunk how
 * many octets were read.
 */
export async function readCapture(
  input: CaptureInput,
  reader: CaptureReader,
  progress: (octets: number) => void = () => {},
): Promise<void> {
  let octets = 0;
  for await (const chunk of chunksFor(reader, input)) {
    octets += chunk.length;
    const more = reader.push(chunk);
    progress(octets);
    if (!more) break;
  }
  reader.end();
}

/** The chunks of an input. Where what is packed breaks off, the reader hears of it, and no more come. */
export async function* chunksFor(
  reader: CaptureReader,
  { chunks }: CaptureInput,
): AsyncIterableIterator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof PackingBroken)) throw error;
    reader.broken(error.code, error.detail);
  }
}

async function* chunksOf(
  file: FileHandle,
  path: string,
  read: (octets: number) => void,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  try {
    for (;;) {
      const { bytesRead } = await file
        .read(buffer, 0, CHUNK)
        .catch((error: unknown) => unreadable(path, error));
      if (bytesRead === 0) return;
      read(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function unreadable(path: string, error: unknown): never {
  const why = error instanceof Error ? error.message.replace(/^(E[A-Z]+): (.*?),.*$/, "$2") : String(error);
  throw new AppError("capture-unreadable", `The capture ${path} cannot be read: ${why}.`);
}
