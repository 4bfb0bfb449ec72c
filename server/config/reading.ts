/** What a key's declaration says of a value: the checked value, or what it must be and where in an array it is not. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  /** Goes on from the key: "must be …", "overlaps …". */
  readonly says: string;
  /** Index of the element of an array, where it is one element's fault. */
  readonly index?: number;
}

export type RefusalCode =
  | "config-unknown-key"
  | "config-wrong-type"
  | "config-bad-value"
  | "config-pool-overlap"
  | "config-pool-empty";

/** One key of the file: the default as it would be written there, and the judge of what is written there. */
export interface Key<T> {
  readonly absent: unknown;
  read(raw: unknown): Reading<T>;
}

/** A key whose value is a text that `parse` either understands or answers undefined for. `must` ends "must be …". */
export function textKey<T>(absent: string, must: string, parse: (text: string) => T | undefined): Key<T> {
  return {
    absent,
    read(raw) {
      if (typeof raw !== "string") return wrongType(must, raw);
      const value = parse(raw);
      return value === undefined ? badValue(must, raw) : accepted(value);
    },
  };
}

/** A key whose value is a whole number within bounds, both allowed. */
export function wholeNumberKey<T extends number>(absent: T, first: T, last: T): Key<T> {
  const must = `a whole number from ${first} to ${last}`;
  return {
    absent,
    read(raw) {
      if (typeof raw !== "number") return wrongType(must, raw);
      if (!Number.isInteger(raw) || raw < first || raw > last) return badValue(must, raw);
      return accepted(raw as T);
    },
  };
}

/** A key whose value is one of a few words. */
export function wordKey<const W extends string>(absent: NoInfer<W>, words: readonly W[]): Key<W> {
  const must = `one of ${words.map((word) => JSON.stringify(word)).join(", ")}`;
  return textKey(absent, must, (text) => words.find((word) => word === text));
}

/** A key whose value is an array of texts, each understood by `parse`; refuses at the first that is not. */
export function textListKey<T>(
  absent: readonly string[],
  must: string,
  parse: (text: string) => T | undefined,
  judge: (values: readonly T[], texts: readonly string[]) => Reading<readonly T[]> = accepted,
): Key<readonly T[]> {
  return {
    absent,
    read(raw) {
      if (!Array.isArray(raw)) return wrongType(`an array; each element ${must}`, raw);
      const values: T[] = [];
      for (const [index, element] of raw.entries()) {
        if (typeof element !== "string") return { ...wrongType(must, element), index };
        const value = parse(element);
        if (value === undefined) return { ...badValue(must, element), index };
        values.push(value);
      }
      return judge(values, raw as string[]);
    },
  };
}

export const accepted = <T>(value: T): Reading<T> => ({ ok: true, value });

export const refused = (code: RefusalCode, says: string, index?: number): Refusal =>
  index === undefined ? { ok: false, code, says } : { ok: false, code, says, index };

const wrongType = (must: string, raw: unknown) =>
  refused("config-wrong-type", `must be ${must}, got ${shown(raw)}`);
const badValue = (must: string, raw: unknown) =>
  refused("config-bad-value", `must be ${must}, got ${shown(raw)}`);

/** A value as it may stand in a message: escaped, on one line, short. */
export function shown(raw: unknown): string {
  if (Array.isArray(raw)) return "an array";
  if (raw instanceof Date) return "a date";
  if (typeof raw === "object") return "a table";
  if (typeof raw !== "string") return String(raw);
  return JSON.stringify(raw.length > 60 ? `${raw.slice(0, 60)}…` : raw);
}
