import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TlsFiles } from "../config/config-types.ts";
import { AppError } from "../errors/app-error.ts";
import { actingAs, type Owner } from "../platform/acting-as.ts";
import { writePrivateFile } from "../platform/state-files.ts";
import type { SelfSigned } from "./self-signed.ts";

/** A key that root has and another user reads by its group; a certificate is no secret. */
const [GROUP_READS, ALL_READ] = [0o640, 0o644];

/** Where a pair in a folder lies. */
const pairIn = (folder: string): TlsFiles => ({
  certificate: join(folder, "certificate.pem"),
  key: join(folder, "key.pem"),
});

/** For whom a pair is written. */
export interface Reader {
  readonly stateDirectory: string;
  /** Who has the state directory, and so runs pacd. */
  readonly owner: Owner;
}

/**
 * Writes a pair so that pacd can read both, and nobody else the key. Inside the state directory it is its
 * owner who writes, so that no link which lies there leads root elsewhere; in a folder of root's the owner's
 * group gets the key to read.
 *
 * Throws tls-pair-exists unless `replace`, and state-unusable.
 */
export function writePair(
  folder: string,
  pair: SelfSigned,
  { stateDirectory, owner: reader }: Reader,
  replace: boolean,
): TlsFiles {
  const files = pairIn(folder);
  const inside = `${folder}/`.startsWith(`${stateDirectory}/`);
  const home = inside ? reader : nearestOwner(folder);
  const theirs = home.uid === reader.uid;
  actingAs(home, () => {
    const there = [files.key, files.certificate].find((path) => existsSync(path));
    if (there !== undefined && !replace)
      throw new AppError(
        "tls-pair-exists",
        `${there} is there already, and a lost key cannot be had back: --replace makes a new pair in its place, --directory DIR one elsewhere.`,
      );
    try {
      mkdirSync(folder, { recursive: true, mode: theirs ? 0o700 : 0o755 });
      // The key first: a certificate without its key is what pacd waits for when a pair is replaced.
      writePrivateFile(files.key, pair.key);
      if (!theirs) {
        chownSync(files.key, home.uid, reader.gid);
        chmodSync(files.key, GROUP_READS);
      }
      writePrivateFile(files.certificate, pair.certificate);
      chmodSync(files.certificate, ALL_READ);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      throw new AppError("state-unusable", `${folder} cannot be written (${code}): try as root.`);
    }
  });
  return files;
}

/** Of the folder, or of the nearest one above it that is there. */
function nearestOwner(folder: string): Owner {
  for (let at = folder; ; at = dirname(at))
    try {
      return statSync(at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES")
        throw new AppError("state-unusable", `${at} may not be looked into (${code}): try as root.`);
      if (at === dirname(at)) throw error;
    }
}
