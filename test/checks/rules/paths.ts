import { place, type Source } from "./source.ts";

const CODE = /`([^`\s]+)`/g;
const LINK = /\]\(([^)#:\s]+)\)/g;

/** What the document calls by name without meaning a file: patterns with words in capitals to be replaced. */
const isPattern = (path: string): boolean => /\b[A-Z]{4,}-[A-Z]+\b/.test(path);

/** In code, what has a slash inside or at its end and begins with none is meant as a path. */
const isPath = (text: string): boolean => /^[\w.-]+(?:\/[\w.-]+)*\/?$/.test(text) && /\/|\.\w+$/.test(text);

/** Paths that a document names, in links and as code, and that do not exist. */
export function missingPaths(source: Source, exists: (path: string) => boolean): string[] {
  const named = [...source.text.matchAll(CODE), ...source.text.matchAll(LINK)];
  return named
    .filter(([, path]) => isPath(path!) && !isPattern(path!) && !exists(path!))
    .map((match) => `${place(source, match.index)}: ${match[1]}`);
}
