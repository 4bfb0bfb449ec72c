import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { manifest } from "./modules.ts";

/** Where Debian keeps the text of a licence, so that a package names the file instead. */
const COMMON: Readonly<Record<string, string>> = { "Apache-2.0": "Apache-2.0" };

/**
 * The copyright file: pacd's licence, and that of every npm package whose code is inside, bundled or not.
 * `folders` are relative to `root`. Throws where a package says no licence.
 */
export function copyright(root: string, folders: readonly string[]): string {
  const own = readFileSync(join(root, "LICENSE"), "utf8").trim();
  const packages = [...new Map(folders.map((folder) => [folder, about(root, folder)])).values()];
  return `pacd, a PPTP access concentrator, is under the MIT licence:

${indented(own)}

/usr/lib/pacd/node is Node.js, of https://nodejs.org. Its licence, and those of the libraries in it, are in
node-LICENSE.gz beside this file.

What follows are the packages of npm, of https://www.npmjs.com, that are in /usr/lib/pacd/app, as part of a
bundle, or in /usr/lib/pacd/node_modules.

${packages.join("\n")}`;
}

function about(root: string, folder: string): string {
  const { name, version, license } = manifest(join(root, folder)) as Record<string, string>;
  if (license === undefined) throw new Error(`${folder} says no licence in its package.json.`);
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : readFileSync(join(root, folder, file), "utf8").trim();
  return `${name} ${version}, licence: ${license}\n\n${indented(licence(license, text))}\n`;
}

function licence(id: string, text: string): string {
  const common = COMMON[id];
  if (common === undefined) return text === "" ? "(the package has no text of it)" : text;
  const owners = text.split("\n").filter((line) => /^\s*Copyright (\(c\)|©|\d)/i.test(line));
  return [...owners, `The full text is in /usr/share/common-licenses/${common}.`].join("\n");
}

const indented = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `    ${line}`.trimEnd())
    .join("\n");
