import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "../../server/errors/app-error.ts";
import type { CaptureReader } from "./reader.ts";

/** Octets asked for at once: enough that asking costs nothing beside reading. */
const CHUNK = 1024 * 1024;

/** Where a capture comes from. */
export interface CaptureInput {
  /** Each chunk is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Octets in all, where that is known. */
  readonly size: number | undefined;
}

/**
 * A file, also one that is still being written or a named pipe. Standard input needs no opening: `{ chunks:
 * process.stdin, size: undefined }`. Throws AppError `capture-unreadable`, here or from the chunks.
 */
export async function openCapture(path: string): Promise<CaptureInput> {
  const file = await open(path, constants.O_RDONLY).catch((error: unknown) => unreadable(path, error));
  const stats = await file.stat();
  if (stats.isDirectory()) {
    await file.close();
    return unreadable(path, new Error("it is a directory"));
  }
  return { chunks: chunksOf(file, path), size: stats.isFile() ? stats.size : undefined };
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
  for await (const chunk of input.chunks) {
    octets += chunk.length;
    const more = reader.push(chunk);
    progress(octets);
    if (!more) break;
  }
  reader.end();
}

async function* chunksOf(file: FileHandle, path: string): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  try {
    for (;;) {
      const { bytesRead } = await file
        .read(buffer, 0, CHUNK)
        .catch((error: unknown) => unreadable(path, error));
      if (bytesRead === 0) return;
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
