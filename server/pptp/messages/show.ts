import { printable } from "../../wire/printable.ts";

/** `0x` and at least so many digits. */
export const hexadecimal =
  (digits: number) =>
  (value: number): string =>
    `0x${value.toString(16).padStart(digits, "0")}`;

/** `1(connected)` for a value that has a name, else the number alone. */
export function codeName(names: Readonly<Record<string, number>>): (value: number) => string {
  const byValue = new Map(Object.entries(names).map(([name, value]) => [value, kebab(name)]));
  return (value) => {
    const name = byValue.get(value);
    return name === undefined ? String(value) : `${value}(${name})`;
  };
}

/** `3(asynchronous,synchronous)`; bits without a name as a number. */
export const bitNames =
  (names: Readonly<Record<string, number>>) =>
  (value: number): string => {
    const set = Object.entries(names).filter(([, bit]) => (value & bit) !== 0);
    const rest = set.reduce((left, [, bit]) => left & ~bit, value) >>> 0;
    const words = [...set.map(([name]) => name), ...(rest === 0 ? [] : [`unknown-0x${rest.toString(16)}`])];
    return `${value}(${words.length === 0 ? "none" : words.join(",")})`;
  };

const RATES = [
  [1e9, "Gbit/s"],
  [1e6, "Mbit/s"],
  [1e3, "kbit/s"],
] as const;

/** `100000000 (100 Mbit/s)`. */
export function bitRate(value: number): string {
  const [unit, name] = RATES.find(([least]) => value >= least) ?? [1, "bit/s"];
  return `${value} (${Number((value / unit).toPrecision(3))} ${name})`;
}

/** `5 (0.5 s)`. */
export const tenths = (value: number): string => `${value} (${value / 10} s)`;

/** `callSerialNumber` as `call-serial-number`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** In quotes and safe in any log, whatever a peer sends. */
export const quoted = (bytes: Uint8Array): string => `"${printable(bytes, bytes.length)}"`;
