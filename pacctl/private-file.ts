import { closeSync, fchmodSync, fsyncSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { PrivateFile } from "./io.ts";

/**
 * A new file of mode 0600 for secrets. Each piece is on the disk when `append` returns. Throws as `node:fs`
 * does: EEXIST where there is a file, or a link, of that name.
 */
export function createPrivate(path: string): PrivateFile {
  const file = openSync(path, "wx", 0o600);
  // A umask may have taken from the mode.
  fchmodSync(file, 0o600);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
  return {
    append(text) {
      const octets = Buffer.from(text);
      for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}
