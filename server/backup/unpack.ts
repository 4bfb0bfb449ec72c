import { createReadStream } from "node:fs";
import { AppError } from "../errors/app-error.ts";
import { damaged } from "./damaged.ts";
import { type Contents, examine } from "./examine.ts";
import { DATABASE, isKnown, KEY, MAX_SMALL } from "./files.ts";
import type { Manifest } from "./manifest.ts";
import { decrypted } from "./passphrase.ts";
import { readArchive } from "./reading.ts";
import type { Staging } from "./staging.ts";

/** A backup that was checked from its first octet to its last. */
export interface Unpacked {
  readonly manifest: Manifest;
  readonly contents: Contents;
}

/** The octets of a file, as they are asked for. Throws backup-damaged where there is none. */
export async function* fileOctets(path: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "there is no such file" : code === "EACCES" ? "permission denied" : message;
    throw new AppError("backup-damaged", `${path} cannot be read: ${why}.`);
  }
}

/**
 * Unpacks a backup into a folder and checks it: checksum, passphrase, database, schema, and that the key
 * fits.
 * Throws backup-damaged, backup-passphrase, backup-too-new, secret-key-mismatch, and as `node:fs` does.
 */
export async function unpack(
  pieces: AsyncIterable<Uint8Array>,
  staging: Staging,
  passphrase: () => Promise<string | undefined>,
): Promise<Unpacked> {
  const manifest = await readArchive(decrypted(pieces, passphrase), (name, size) => {
    if (!isKnown(name)) throw damaged(`it has a file that no backup has, ${name}`);
    if (name !== DATABASE && size > MAX_SMALL) throw damaged(`its ${name} has ${size} octets`);
    return staging.file(name);
  });
  for (const name of [DATABASE, KEY])
    if (!staging.names.includes(name)) throw damaged(`${name} is missing in it`);
  return { manifest, contents: examine(staging.path, staging.read(KEY)) };
}
