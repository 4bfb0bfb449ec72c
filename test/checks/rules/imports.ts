import { posix } from "node:path";
import { type Source, withoutComments } from "./source.ts";

/** One import of a file of ours. */
export interface Import {
  /** The imported file, relative to the repository. */
  readonly target: string;
  /** Where in the text the import stands. */
  readonly at: number;
}

const IMPORT = /(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"|new URL\("([^"]+\.ts)", import\.meta\.url\)/g;

/** Static, dynamic, of types alone, and the file of a worker thread: all of them tie one file to another. */
export function importsOf({ path, text }: Source): readonly Import[] {
  return [...withoutComments(text).matchAll(IMPORT)].map((match) => ({
    target: posix.join(posix.dirname(path), match[1] ?? match[2]!),
    at: match.index,
  }));
}
