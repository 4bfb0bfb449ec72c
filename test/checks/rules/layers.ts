import { posix } from "node:path";
import { importsOf } from "./imports.ts";
import { place, type Source } from "./source.ts";

/** For each layer, those that it may import. */
export type Layers = ReadonlyMap<string, ReadonlySet<string>>;

/** What stands in `server/` itself puts the parts together, and may import them all. */
export const COMPOSITION = "server";

/** The one layer without a README: a step of the schema imports nothing of ours. */
const MIGRATIONS = "migrations";

/** `server/ppp/link` is known as "ppp/link", `pacctl/decode` as "pacctl/decode". */
const nameOf = (folder: string): string => folder.replace(/^server\//, "");

/**
 * A layer inside another is one of its own: server/ppp/lcp/mru.ts is of "ppp", or of "ppp/lcp" where that has
 * a README.
 */
export function layerOf(path: string, layers: Layers): string {
  for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
    if (folder === COMPOSITION) return COMPOSITION;
    if (layers.has(nameOf(folder))) return nameOf(folder);
  }
  return path.split("/")[0]!;
}

const SENTENCE = /^Imports: ([^.]*(?:\.\w[^.]*)*)\./m;

/**
 * Reads the sentence "Imports: …" of each README that has one: its folder is a layer. A name is a folder's
 * path, with or without `server/`, and means that folder without the layers inside it.
 */
export function declaredLayers(readmes: readonly Source[]): Layers {
  const declared = readmes.filter(({ text }) => SENTENCE.test(text));
  const names = [...declared.map(({ path }) => nameOf(posix.dirname(path))), MIGRATIONS];
  const layers = new Map<string, ReadonlySet<string>>([[MIGRATIONS, new Set()]]);
  for (const { path, text } of declared) {
    const sentence = SENTENCE.exec(text)![1]!.replaceAll(/(?<![\w-])server\//g, "");
    const named = names.filter((name) => new RegExp(`(?<![\\w/-])${name}(?!/?[\\w-])`).test(sentence));
    layers.set(nameOf(posix.dirname(path)), new Set(named));
  }
  return layers;
}

/** Imports that no README allows: upward, sideways, or of the composition. */
export function forbiddenImports(source: Source, layers: Layers): string[] {
  const own = layerOf(source.path, layers);
  if (own === COMPOSITION) return [];
  const found: string[] = [];
  for (const { target, at } of importsOf(source)) {
    const layer = layerOf(target, layers);
    if (layer === own || layers.get(own)?.has(layer) || target === "package.json") continue;
    found.push(`${place(source, at)}: ${own} may not import ${layer} (${target})`);
  }
  return found;
}
