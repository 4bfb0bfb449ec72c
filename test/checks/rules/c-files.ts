import type { Graph } from "./circles.ts";
import { type Source, withoutComments } from "./source.ts";

/**
 * A function that other files can call, where it is defined: its type begins the line, and a body follows.
 */
const DEFINITION = /^(?!static\b|typedef\b|extern\b)[A-Za-z_][\w \t*]*?\b([a-z_]\w*)\([^;{}]*\)\s*\{/gm;

/** Functions of a C file that are not static. */
export const definedIn = ({ text }: Source): readonly string[] =>
  [...codeOf(text).matchAll(DEFINITION)].map((match) => match[1]!);

/**
 * For each C file the others whose functions it names: it calls them, or hands them on. A name that a file
 * defines itself is its own there: of several definitions the compiler sees one.
 */
export function callsBetween(files: readonly Source[]): Graph {
  const owners = new Map<string, string[]>();
  for (const file of files)
    for (const name of definedIn(file)) owners.set(name, [...(owners.get(name) ?? []), file.path]);
  return new Map(
    files.map((file) => {
      const names = new Set(codeOf(file.text).match(/\b[A-Za-z_]\w*/g));
      for (const own of definedIn(file)) names.delete(own);
      return [file.path, new Set([...names].flatMap((name) => owners.get(name) ?? []))];
    }),
  );
}

/** Without comments, and without what is between quotes. */
const codeOf = (text: string): string => withoutComments(text).replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
