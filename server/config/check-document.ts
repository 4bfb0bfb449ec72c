import type { KeyPath } from "./key-lines.ts";
import { KEYS, OPEN_SECTIONS, type OpenSection, type Values } from "./keys.ts";
import { nearest } from "./nearest-key.ts";
import { type Key, type Refusal, refused, shown } from "./reading.ts";

/** Something that is wrong with the document, and where. */
export interface Fault extends Omit<Refusal, "ok" | "index"> {
  readonly path: KeyPath;
}

/**
 * A checked document: all its values, those of the defaults where nothing is written, or everything that is
 * wrong.
 */
export type Checked =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const SECTIONS: Readonly<Record<string, Readonly<Record<string, Key<unknown>>>>> = KEYS;
const OPEN: Readonly<Record<string, OpenSection<unknown>>> = OPEN_SECTIONS;
const SECTION_NAMES: readonly string[] = [...Object.keys(SECTIONS), ...Object.keys(OPEN)];

/** Reads every declared key and refuses every other. */
export function checkDocument(document: Readonly<Record<string, unknown>>): Checked {
  const faults: Fault[] = [];
  const refuse = (path: KeyPath, { code, says, index }: Refusal) =>
    faults.push({ path: index === undefined ? path : [...path, index], code, says });

  for (const [name, table] of Object.entries(document)) {
    if (!SECTION_NAMES.includes(name)) refuse([name], unknownSection(name, table));
    else if (!isTable(table))
      refuse([name], refused("config-wrong-type", `must be a table, [${name}], got ${shown(table)}`));
    else if (Object.hasOwn(SECTIONS, name))
      for (const key of Object.keys(table))
        if (!Object.hasOwn(SECTIONS[name]!, key)) refuse([name, key], unknownKey(name, key));
  }

  const tableOf = (name: string) => (isTable(document[name]) ? document[name] : {});
  const values: Record<string, unknown> = {};
  for (const [name, keys] of Object.entries(SECTIONS)) {
    const table = tableOf(name);
    const section: Record<string, unknown> = {};
    for (const [key, { absent, read }] of Object.entries(keys)) {
      const reading = read(Object.hasOwn(table, key) ? table[key] : absent);
      if (reading.ok) section[key] = reading.value;
      else refuse([name, key], reading);
    }
    values[name] = section;
  }
  for (const [name, { name: pattern, must, reader }] of Object.entries(OPEN)) {
    const section = new Map<string, unknown>();
    for (const [key, raw] of Object.entries(tableOf(name))) {
      const named = pattern.test(key);
      const reading = named ? reader.read(raw) : refused("config-bad-value", `its name must be ${must}`);
      if (reading.ok) section.set(key, reading.value);
      else refuse([name, key], reading);
    }
    values[name] = section;
  }
  // Each value was read by the key that `Values` is derived from.
  return faults.length > 0 ? { ok: false, faults } : { ok: true, values: values as unknown as Values };
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

function unknownSection(name: string, value: unknown): Refusal {
  // A key that lacks its section's heading is the likelier slip than a misspelt section.
  const homes = isTable(value) ? [] : homesOf(name);
  return unknown(homes.length > 0 ? homes : [nearest(name, SECTION_NAMES)]);
}

function unknownKey(section: string, key: string): Refusal {
  const close = nearest(key, Object.keys(SECTIONS[section]!));
  return unknown(close === undefined ? homesOf(key) : [`${section}.${close}`]);
}

const homesOf = (key: string): readonly string[] =>
  Object.keys(SECTIONS).flatMap((name) => (Object.hasOwn(SECTIONS[name]!, key) ? [`${name}.${key}`] : []));

function unknown(meant: readonly (string | undefined)[]): Refusal {
  const names = meant.filter((name) => name !== undefined).map((name) => JSON.stringify(name));
  const hint = names.length === 0 ? "" : `; did you mean ${names.join(" or ")}?`;
  return refused("config-unknown-key", `there is no such key${hint}`);
}
