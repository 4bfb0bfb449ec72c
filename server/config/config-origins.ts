import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { AppError } from "../errors/app-error.ts";
import { type AnyConfigKey, configValues, countsOf } from "./compare-configs.ts";
import type { Config } from "./config-types.ts";
import { keyLines } from "./key-lines.ts";
import type { Counts, WrittenValue } from "./key-values.ts";
import { parseConfig } from "./load-config.ts";

/** One key of a running or written configuration, and why it has its value. */
export interface ShownKey {
  readonly key: AnyConfigKey;
  readonly value: WrittenValue;
  readonly origin: "file" | "default";
  /** Where it stands in the file; null: nowhere, or the file cannot be read by now. */
  readonly line: number | null;
  /** When a change of it would count. */
  readonly counts: Counts;
  /** What the file says by now, where that is something else: it waits for a reload, or for a restart. */
  readonly inFile: WrittenValue | null;
}

/** A configuration, key by key. */
export interface ShownConfig {
  /** Null: the built-in defaults. */
  readonly file: string | null;
  readonly keys: readonly ShownKey[];
  /** Why the file cannot be used as it is now. */
  readonly fault: string | null;
}

/**
 * What runs, key by key, beside what the file says by now. The file is read again for it: what stood in it
 * when it was loaded is known by the values themselves.
 */
export function showConfig(running: Config, file: string | undefined): ShownConfig {
  const now = file === undefined ? undefined : written(file);
  const inFile = new Map(now?.config === undefined ? [] : values(now.config));
  const defaults = new Map(values(parseConfig("", file ?? "built-in")));
  const keys = configValues(running).map(({ key, value }): ShownKey => {
    const later = inFile.get(key);
    const differs = later !== undefined && !same(later, value);
    const isDefault = same(defaults.get(key), value);
    const line = differs ? undefined : now?.lineOf(key);
    // Without a file all is built in, the state directory of a working copy too.
    const byFile = file !== undefined && (line !== undefined || !isDefault);
    return {
      key,
      value,
      origin: byFile ? "file" : "default",
      line: line ?? null,
      counts: countsOf(key),
      inFile: differs ? later : null,
    };
  });
  return { file: file ?? null, keys, fault: now?.fault ?? null };
}

const values = (config: Config) => configValues(config).map(({ key, value }) => [key, value] as const);

const same = (a: WrittenValue | undefined, b: WrittenValue): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What a file says by now: as much of it as can be read. */
interface Written {
  readonly config?: Config;
  readonly fault?: string;
  /** Where a key stands; undefined: nowhere. */
  lineOf(key: string): number | undefined;
}

function written(file: string): Written {
  try {
    const toml = readFileSync(file, "utf8");
    const config = parseConfig(toml, file);
    const document = parse(toml);
    const lineOf = keyLines(toml);
    return {
      config,
      lineOf: (key) => (isWritten(document, key.split(".")) ? lineOf(key.split(".")) : undefined),
    };
  } catch (error) {
    const fault = error instanceof AppError ? error.message : `${file}: ${(error as Error).message}`;
    return { fault, lineOf: () => undefined };
  }
}

function isWritten(document: unknown, [name, ...more]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (typeof document !== "object" || document === null || !Object.hasOwn(document, name)) return false;
  return isWritten((document as Record<string, unknown>)[name], more);
}
