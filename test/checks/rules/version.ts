import { place, type Source } from "./source.ts";

/** Places that state a version, which stands in package.json alone. */
export function statesVersion(source: Source, version: string): string[] {
  const stated = new RegExp(`(?<![\\d.])${version.replaceAll(".", "\\.")}(?!\\d|\\.\\d)`, "g");
  return [...source.text.matchAll(stated)].map((match) => place(source, match.index));
}
