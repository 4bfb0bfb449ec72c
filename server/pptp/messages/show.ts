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

/** In quotes, with every octet that is not printable ASCII as `\xNN`: safe in any log, whatever a peer sends. */
export function escapeText(bytes: Uint8Array): string {
  let escaped = "";
  for (const octet of bytes) escaped += escapeOctet(octet);
  return `"${escaped}"`;
}

function escapeOctet(octet: number): string {
  if (octet === 0x22 || octet === 0x5c) return `\\${String.fromCharCode(octet)}`;
  if (octet < 0x20 || octet > 0x7e) return `\\x${octet.toString(16).padStart(2, "0")}`;
  return String.fromCharCode(octet);
}
