/**
 * What a key's declaration says of a value: the checked value, or what it must be and where in an array it is
 * not.
 */
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

/** The judge of one value as it is written in the file: a key's, or that of an element of an array. */
export interface Reader<T> {
  /** Ends "must be …". */
  readonly must: string;
  read(raw: unknown): Reading<T>;
}

/** One key of the file: the judge of its value, and the default as it would be written there. */
export interface Key<T> extends Reader<T> {
  readonly absent: unknown;
}

/** A text that `parse` either understands or answers undefined for. */
export const text = <T>(must: string, parse: (text: string) => T | undefined): Reader<T> => ({
  must,
  read(raw) {
    if (typeof raw !== "string") return wrongType(must, raw);
    const value = parse(raw);
    return value === undefined ? badValue(must, raw) : accepted(value);
  },
});

/** One of a few words. */
export const word = <const W extends string>(words: readonly W[]): Reader<W> =>
  text(oneOf(words), (written) => words.find((candidate) => candidate === written));

/** One of a few numbers. */
export function number<const N extends number>(numbers: readonly N[]): Reader<N> {
  const must = oneOf(numbers);
  return {
    must,
    read(raw) {
      if (typeof raw !== "number") return wrongType(must, raw);
      const value = numbers.find((candidate) => candidate === raw);
      return value === undefined ? badValue(must, raw) : accepted(value);
    },
  };
}

/** A key whose value is a text that `parse` understands. */
export const textKey = <T>(absent: string, must: string, parse: (text: string) => T | undefined): Key<T> => ({
  absent,
  ...text(must, parse),
});

/** A key whose value is a whole number within bounds, both allowed. */
export function wholeNumberKey<T extends number>(absent: T, first: T, last: T): Key<T> {
  const must = `a whole number from ${first} to ${last}`;
  return {
    absent,
    must,
    read(raw) {
      if (typeof raw !== "number") return wrongType(must, raw);
      if (!Number.isInteger(raw) || raw < first || raw > last) return badValue(must, raw);
      return accepted(raw as T);
    },
  };
}

/** A key whose value is one of a few words. */
export const wordKey = <const W extends string>(absent: NoInfer<W>, words: readonly W[]): Key<W> => ({
  absent,
  ...word(words),
});

/** A key whose value is true or false. */
export function flagKey(absent: boolean): Key<boolean> {
  const must = "true or false";
  return {
    absent,
    must,
    read: (raw) => (typeof raw === "boolean" ? accepted(raw) : wrongType(must, raw)),
  };
}

/** A key whose value is an array, each element read by `element`; refuses at the first that is wrong. */
export function listKey<T>(
  absent: readonly unknown[],
  element: Reader<T>,
  judge: (values: readonly T[]) => Reading<readonly T[]>,
): Key<readonly T[]> {
  const must = `an array; each element ${element.must}`;
  return {
    absent,
    must,
    read(raw) {
      if (!Array.isArray(raw)) return wrongType(must, raw);
      const values: T[] = [];
      for (const [index, written] of raw.entries()) {
        const reading = element.read(written);
        if (!reading.ok) return { ...reading, index };
        values.push(reading.value);
      }
      return judge(values);
    },
  };
}

/** A judge for listKey: at least one element, and none twice. */
export function someDistinct<T>(values: readonly T[]): Reading<readonly T[]> {
  if (values.length === 0) return refused("config-bad-value", "must have at least one element");
  const twice = values.findIndex((value, index) => values.indexOf(value) < index);
  return twice === -1
    ? accepted(values)
    : refused("config-bad-value", `${shown(values[twice])} stands there twice`, twice);
}

export const accepted = <T>(value: T): Reading<T> => ({ ok: true, value });

export const refused = (code: RefusalCode, says: string, index?: number): Refusal =>
  index === undefined ? { ok: false, code, says } : { ok: false, code, says, index };

const oneOf = (choices: readonly unknown[]): string => `one of ${choices.map(shown).join(", ")}`;

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
