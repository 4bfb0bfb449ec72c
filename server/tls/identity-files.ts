import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { TlsFiles } from "../config/config-types.ts";
import { type Judged, judgeIdentity, type NamedText } from "./identity.ts";

/** Ours: octets of one file. Ten certificates with keys of 16,384 bits have half of it. */
const MAX_FILE = 256 * 1024;

/** Permissions of those who are neither owner nor of the group. */
const OTHERS = 0o007;

/** Reads and judges both files. */
export function readIdentity(files: TlsFiles): Judged {
  const certificate = read(files.certificate, "certificate");
  if (typeof certificate === "string") return { ok: false, sentence: certificate };
  const key = read(files.key, "key");
  if (typeof key === "string") return { ok: false, sentence: key };
  const judged = judgeIdentity(certificate, key);
  if (!judged.ok) return judged;
  const exposed = exposedKey(files.key);
  return exposed === undefined ? judged : { ...judged, notes: [...judged.notes, exposed] };
}

/** One sentence where every user of this host may read the key. */
function exposedKey(path: string): string | undefined {
  try {
    if ((statSync(path).mode & OTHERS) === 0 || !reachable(path)) return undefined;
  } catch {
    return undefined; // it is being replaced, and looked at again
  }
  return `Every user of this host can read the key ${path}: run \`chmod o= ${path}\`, and where others than root log in here, have a new pair made.`;
}

/** Can everybody pass the folders above it? */
function reachable(path: string): boolean {
  for (let folder = dirname(realpathSync(path)); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * What changes when a file is replaced, in whatever way: written anew, renamed over, or reached by a link
 * that points elsewhere now.
 */
export const signature = (files: TlsFiles): string => [files.certificate, files.key].map(stateOf).join(" ");

function stateOf(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(":");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "?";
  }
}

/** The text, or a sentence about why there is none. */
function read(path: string, what: "certificate" | "key"): NamedText | string {
  try {
    const stats = statSync(path);
    // What is no file may never end, and opening a pipe waits.
    if (!stats.isFile()) return `The TLS ${what} ${path} is not a file: name one in PEM (admin.tls_${what}).`;
    if (stats.size > MAX_FILE) return `The TLS ${what} ${path} is larger than any: ${stats.size} octets.`;
    // PEM is ASCII; whatever else is in it belongs to no block.
    return { path, text: readFileSync(path, "latin1") };
  } catch (error) {
    return unreadable(path, what, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function unreadable(path: string, what: "certificate" | "key", code: string): string {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return `There is no TLS ${what} ${path}: \`pacctl tls init\` makes a pair, and admin.tls_${what} says where it is.`;
    case "EACCES":
      return `pacd may not read the TLS ${what} ${path}: ${mayNotRead(path)}`;
    default:
      return `The TLS ${what} ${path} cannot be read (${code}).`;
  }
}

/** What lets the user that pacd runs as read a file. */
export const mayNotRead = (path: string): string =>
  `it runs as a user of its own, and needs to read the file and to pass every folder above it. Copy the pair to where it can: \`install -D -o root -g pacd -m 640 ${path} /etc/pacd/tls/\`.`;
