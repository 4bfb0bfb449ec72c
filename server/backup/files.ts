import { lstatSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { isMemberName } from "./tar.ts";

/** The database, in an archive and in a state directory. */
export const DATABASE = "pacd.db";
/** What its passwords are sealed with. */
export const KEY = "secret.key";
/** The token that its hash is of. */
export const TOKEN = "admin-token";
/** The configuration, which is not part of the state. */
export const CONFIG = "pacd.toml";
/** Before the name of any other file of the state directory, such as a certificate. */
export const OTHER = "state/";

/** Ours, in octets: keys, tokens, certificates and a configuration are smaller. */
export const MAX_SMALL = 1024 * 1024;

/** Can a backup have a file of that name? */
export const isKnown = (name: string): boolean =>
  name === DATABASE || name === KEY || name === TOKEN || name === CONFIG || name.startsWith(OTHER);

/**
 * What a file of the configuration is called in a backup, where it lies in the state directory; undefined
 * where it does not, or is no file.
 */
export function otherName(directory: string, path: string): string | undefined {
  const inside = relative(directory, path);
  if (inside.startsWith("..") || isAbsolute(inside)) return undefined;
  const name = `${OTHER}${inside}`;
  const isFile = lstatSync(join(directory, inside), { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile && isMemberName(name) ? name : undefined;
}
