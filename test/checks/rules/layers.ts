import { posix } from "node:path";
import { place, type Source, withoutComments } from "./source.ts";

/** For each layer, those that it may import. */
export type Layers = ReadonlyMap<string, ReadonlySet<string>>;

/** What stands in `server/` itself puts the parts together, and may import them all. */
export const COMPOSITION = "server";

/** server/wire/reader.ts is of the layer "wire", admin-api/app.ts of "admin-api", server/main.ts of the composition. */
export function layerOf(path: string): string {
  const [top, folder, file] = path.split("/");
  return top === "server" && file !== undefined ? folder! : top!;
}

/** Reads the sentence "Imports: …" of each layer's README. A layer without one may import nothing. */
export function declaredLayers(readmes: readonly Source[]): Layers {
  const names = [...readmes.map(({ path }) => layerOf(path)), "migrations"];
  return new Map(
    readmes.map(({ path, text }) => {
      const sentence = /^Imports: ([^.]*(?:\.\w[^.]*)*)\./m.exec(text)?.[1] ?? "";
      const named = names.filter((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sentence));
      return [layerOf(path), new Set(named)];
    }),
  );
}

const IMPORT = /(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"|new URL\("([^"]+\.ts)", import\.meta\.url\)/g;

/** Imports that no README allows: upward, sideways, or of the composition. */
export function forbiddenImports(source: Source, layers: Layers): string[] {
  const own = layerOf(source.path);
  if (own === COMPOSITION) return [];
  const found: string[] = [];
  for (const match of withoutComments(source.text).matchAll(IMPORT)) {
    const target = posix.join(posix.dirname(source.path), match[1] ?? match[2]!);
    const layer = layerOf(target);
    if (layer === own || layers.get(own)?.has(layer) || target === "package.json") continue;
    found.push(`${place(source, match.index)}: ${own} may not import ${layer} (${target})`);
  }
  return found;
}

/** Layers that reach themselves by what they may import: then "down" means nothing. */
export function circles(layers: Layers): string[] {
  const reachable = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of layers.get(from) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reachable(next, seen);
    }
    return seen;
  };
  return [...layers.keys()].filter((layer) => reachable(layer).has(layer));
}
