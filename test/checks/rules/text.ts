import { place, type Source } from "./source.ts";

/** Ours: past this many lines, a file is two files. */
const MAX_LINES = 300;

export function tooLong({ path, text }: Source): string[] {
  const lines = text.split("\n").length - 1;
  return lines > MAX_LINES ? [`${path}: ${lines} lines, ${MAX_LINES} at most`] : [];
}

/** Ours: the width that the formatter gives code, which leaves comments alone. */
const MAX_COMMENT = 110;

/**
 * Comments that have a line of their own and are wider than the code around them. A linter's own word is one
 * line.
 */
export const tooWide = ({ path, text }: Source): string[] =>
  text.split("\n").flatMap((line, index) => {
    if (line.length <= MAX_COMMENT || !/^\s*(?:\/\/|\/\*|\* )/.test(line)) return [];
    return /^\s*\/\/ biome-ignore |^\s*\/\/ {2}/.test(line) ? [] : [`${path}:${index + 1}`];
  });

// In pieces, so that this file passes its own check.
const UNFINISHED = new RegExp(`\\b(?:TO${"DO"}|FIX${"ME"}|X${"XX"})\\b`, "g");
const MACHINE_PATHS = new RegExp(`(?<![\\w.])/(?:wo${"rk"}|ho${"me"}/\\w+|ro${"ot"})/`, "g");
const SHARED = new RegExp(`\\.\\./sha${"red"}\\b`, "g");

/** Notes to oneself that were left behind. */
export const unfinished = (source: Source): string[] => found(source, UNFINISHED);

/**
 * Paths that exist on one machine only. Tests may look for files beside the repository, and skip without
 * them.
 */
export function machinePaths(source: Source): string[] {
  const inTests = source.path.startsWith("test/");
  return [...found(source, MACHINE_PATHS), ...(inTests ? [] : found(source, SHARED))];
}

function found(source: Source, pattern: RegExp): string[] {
  return [...source.text.matchAll(pattern)].map((match) => `${place(source, match.index)}: ${match[0]}`);
}
