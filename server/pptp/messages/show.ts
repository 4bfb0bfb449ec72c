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

/** `callSerialNumber` as `call-serial-number`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** In quotes and safe in any log, whatever a peer sends. */
export const quoted = (bytes: Uint8Array): string => `"${printable(bytes, bytes.length)}"`;
