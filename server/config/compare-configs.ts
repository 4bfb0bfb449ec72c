import type { Config } from "./config-types.ts";
import {
  type ConfigKey,
  type Counts,
  KEYS_IN_CONFIG,
  OPEN_SECTIONS_IN_CONFIG,
  type OpenSectionName,
  type WrittenValue,
} from "./key-values.ts";

/** The full name of a key: one that is declared, or one that the operator has named ("pools.guests"). */
export type AnyConfigKey = ConfigKey | `${OpenSectionName}.${string}`;

/** One key with its value. */
export interface KeyValue {
  readonly key: AnyConfigKey;
  readonly value: WrittenValue;
}

/** One key that two configurations have different values for. */
export interface ConfigChange {
  readonly key: AnyConfigKey;
  /** Undefined: it was not there. Only keys that the operator names can be missing. */
  readonly from: WrittenValue | undefined;
  /** Undefined: it is gone. */
  readonly to: WrittenValue | undefined;
  readonly counts: Counts;
}

/** Every key of a configuration in the order of the example file, as it would be written. */
export const configValues = (config: Config): readonly KeyValue[] => [
  ...entries(KEYS_IN_CONFIG).map(([key, { value }]) => ({ key, value: value(config) })),
  ...entries(OPEN_SECTIONS_IN_CONFIG).flatMap(([section, { values }]) =>
    [...values(config)].map(([name, value]) => ({ key: `${section}.${name}` as const, value })),
  ),
];

/** What differs between two configurations, key by key; nothing where they mean the same. */
export function compareConfigs(from: Config, to: Config): readonly ConfigChange[] {
  const before = new Map(configValues(from).map(({ key, value }) => [key, value]));
  const after = new Map(configValues(to).map(({ key, value }) => [key, value]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ key, from: before.get(key), to: after.get(key), counts: countsOf(key) }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

/** When a change of this key counts. */
export function countsOf(key: AnyConfigKey): Counts {
  if (isDeclared(key)) return KEYS_IN_CONFIG[key].counts;
  return OPEN_SECTIONS_IN_CONFIG[key.slice(0, key.indexOf(".")) as OpenSectionName].counts;
}

/** A value as the file would have it: `"info"`, `1400`, `["10.77.0.0/24"]`. */
export const writtenValue = (value: WrittenValue): string =>
  typeof value === "object"
    ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]`
    : JSON.stringify(value);

const isDeclared = (key: AnyConfigKey): key is ConfigKey => Object.hasOwn(KEYS_IN_CONFIG, key);

/** `Object.entries` with the keys' type. */
const entries = <K extends string, V>(record: Readonly<Record<K, V>>) => Object.entries(record) as [K, V][];
