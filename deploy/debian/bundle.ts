import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * Packages that stay files of their own: better-sqlite3 loads an addon from beside itself, pino starts
 * threads of files of its own, and swagger-ui serves pages that lie in its folder.
 */
export const NOT_BUNDLED: readonly string[] = ["@fastify/swagger-ui", "better-sqlite3", "pino"];

/** What a CommonJS package inside a bundle asks for when it requires a module of Node. */
const REQUIRE =
  'import { createRequire as createRequireOfNode } from "node:module"; const require = createRequireOfNode(import.meta.url);';

/**
 * Bundles the two programs and the two workers of the repository `root` into `folder`: pacd.js, pacctl.js,
 * worker.js, history-worker.js and what they share. Returns the folders of the npm packages that went in,
 * relative to `root`, sorted. Legible, so that the stack of an error says where it came from.
 */
export async function bundle(root: string, folder: string): Promise<readonly string[]> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: realpathSync(root),
    entryPoints: {
      pacd: "server/main.ts",
      pacctl: "pacctl/main.ts",
      worker: "server/data-plane/workers/worker.ts",
      "history-worker": "admin-api/history/history-worker.ts",
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: [...NOT_BUNDLED],
    banner: { js: REQUIRE },
    chunkNames: "shared-[hash]",
    charset: "ascii",
    legalComments: "none", // the licences stand in the package's copyright file
    metafile: true,
    logLevel: "warning",
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of outputFiles) writeFileSync(path, inAscii(text));
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
    if (found !== null) packages.add(found[0]);
  }
  if (packages.size === 0) throw new Error(`Nothing of ${join(root, "node_modules")} is in the bundles.`);
  return [...packages].sort();
}

/**
 * `source` with an escape for each letter that is not of ASCII. V8 keeps a source that has one in two octets
 * for each of its letters. esbuild leaves them in comments and regular expressions, where the escape means
 * the same.
 */
const inAscii = (source: string): string =>
  source.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
