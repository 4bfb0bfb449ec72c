/**
 * Annotated octets: on each line hexadecimal digits, grouped by single spaces as you like, then after two
 * spaces or more a comment. A line that starts with `#` is all comment. Interpolated octets stand as if
 * written out.
 *
 *     bytes`
 *       0010 0001   Length 16, control message
 *       1a2b3c4d    Magic cookie
 *     `
 */
export function bytes(template: TemplateStringsArray, ...values: readonly Uint8Array[]): Uint8Array {
  const text = String.raw(template, ...values.map((value) => Buffer.from(value).toString("hex")));
  const digits = text.split("\n").map(digitsOfLine).join("");
  if (digits.length % 2 !== 0) throw new Error(`an odd number of hexadecimal digits: ${digits}`);
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

/** Octets from one string of hexadecimal digits, spaces allowed. */
export const fromHex = (digits: string): Uint8Array => {
  const packed = checked(digits);
  if (packed.length % 2 !== 0) throw new Error(`an odd number of hexadecimal digits: ${digits}`);
  return Uint8Array.from(Buffer.from(packed, "hex"));
};

/** Octets of a text in ASCII (or UTF-8). */
export const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "utf8"));

/** Everything shorter than `whole` that it begins with, the empty one included; each in memory of its own. */
export const strictPrefixes = (whole: Uint8Array): Uint8Array[] =>
  Array.from(whole, (_, length) => whole.slice(0, length));

function digitsOfLine(line: string): string {
  const trimmed = line.trim();
  if (trimmed.startsWith("#")) return "";
  return checked(trimmed.split(/ {2,}/, 1)[0]!);
}

function checked(text: string): string {
  const digits = text.replaceAll(" ", "");
  if (!/^[0-9a-f]*$/i.test(digits))
    throw new Error(`not hexadecimal: "${text}" (two spaces before a comment)`);
  return digits;
}
