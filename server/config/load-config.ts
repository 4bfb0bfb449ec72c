import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import { AppError } from "../errors/app-error.ts";
import { buildConfig, crossFaults } from "./build-config.ts";
import { checkDocument, type Fault } from "./check-document.ts";
import type { Config } from "./config-types.ts";
import { type KeyPath, keyLines } from "./key-lines.ts";
import { KEYS } from "./keys.ts";

export interface Defaults {
  /** Where the state goes when there is no file. A file that does not say gets /var/lib/pacd. */
  readonly stateDirectory: string;
}

/** A configuration, and what it was read from. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute; undefined: the built-in defaults. */
  readonly file: string | undefined;
  /** What stood in the file. */
  readonly toml: string;
}

/**
 * Reads and checks a configuration file; without one, the built-in defaults. A relative path in it is against
 * the directory of the file. Throws one AppError that tells everything that is wrong, a line each, with file,
 * line and key; its code is that of the first line: config-unreadable, config-syntax, config-unknown-key,
 * config-wrong-type, config-bad-value, config-pool-overlap, config-pool-empty.
 */
export function readConfig(
  path: string | undefined,
  { defaults }: { readonly defaults: Defaults },
): LoadedConfig {
  if (path === undefined) {
    const { state, ...others } = parseConfig("", "built-in");
    const config = { ...others, state: { ...state, directory: resolve(defaults.stateDirectory) } };
    return { config, file: undefined, toml: "" };
  }
  const toml = readConfigText(path);
  return { config: parseConfig(toml, path), file: resolve(path), toml };
}

/** As readConfig, the configuration alone. */
export const loadConfig = (path: string | undefined, how: { readonly defaults: Defaults }): Config =>
  readConfig(path, how).config;

/** The text of a configuration file. Throws config-unreadable. */
export function readConfigText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const reason = error instanceof TypeError ? "it is not UTF-8" : (error as Error).message;
    throw new AppError("config-unreadable", `${path}: cannot be read: ${reason}`, { file: path });
  }
}

/** As loadConfig, from the text of a file that is called `file` in messages. */
export function parseConfig(toml: string, file: string): Config {
  const checked = checkDocument(parseToml(toml, file));
  if (!checked.ok) throw refusal(checked.faults, toml, file);
  const config = buildConfig(checked.values, (directory) => resolve(dirname(file), directory));
  const faults = crossFaults(checked.values, config);
  if (faults.length > 0) throw refusal(faults, toml, file);
  return config;
}

/**
 * The state directory of a configuration that may be wrong otherwise: for whoever looks for a pacd that
 * runs with what the file said before. Throws config-syntax.
 */
export function stateDirectoryIn(toml: string, file: string): string {
  const { state } = parseToml(toml, file);
  const { directory } = (state ?? {}) as { directory?: unknown };
  const written = typeof directory === "string" ? directory : KEYS.state.directory.absent;
  return resolve(dirname(file), String(written));
}

function parseToml(toml: string, file: string): Readonly<Record<string, unknown>> {
  try {
    return parse(toml);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The first line says what; a drawing of the place follows.
    const [what = ""] = error.message.split("\n");
    const says = what.replace(/^Invalid TOML document: /, "");
    throw new AppError("config-syntax", `${file}:${error.line}: column ${error.column}: ${says}`, {
      file,
      line: error.line,
    });
  }
}

function refusal(faults: readonly Fault[], toml: string, file: string): AppError {
  const lineOf = keyLines(toml);
  const placed = faults
    .map(({ path, code, says }) => ({ line: lineOf(path), key: keyText(path), code, says }))
    .sort((a, b) => a.line - b.line);
  const message = placed.map(({ line, key, says }) => `${file}:${line}: ${key}: ${says}`).join("\n");
  return new AppError(placed[0]!.code, message, { file, faults: placed });
}

/** For example `tunnel.pool[1]`; whatever is no bare key of TOML is quoted. */
const keyText = (path: KeyPath): string =>
  path
    .map((part, depth) => {
      if (typeof part === "number") return `[${part}]`;
      const name = /^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part);
      return depth === 0 ? name : `.${name}`;
    })
    .join("");
