import type { ConfigChange } from "../../server/config/compare-configs.ts";
import type { ShownConfig } from "../../server/config/config-origins.ts";
import type { WrittenValue } from "../../server/config/key-values.ts";

/** A configuration as the API shows it. */
export const shownConfigJson = ({ file, keys, fault }: ShownConfig) => ({
  file,
  fault,
  keys: keys.map((key) => ({ ...key, value: own(key.value), inFile: orNull(key.inFile) })),
});

/** A difference, likewise. */
export const changeJson = ({ key, from, to, counts }: ConfigChange) => ({
  key,
  from: orNull(from),
  to: orNull(to),
  counts,
});

/** A list of the answer's own. */
const own = (value: WrittenValue) => (typeof value === "object" ? [...value] : value);

const orNull = (value: WrittenValue | null | undefined) =>
  value === undefined || value === null ? null : own(value);
