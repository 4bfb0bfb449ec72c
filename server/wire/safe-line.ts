/**
 * Text that came from a stranger as one line that is safe for a terminal: control and format characters,
 * among them escape sequences and those that turn the direction of writing, become visible escapes.
 */
export function safeLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`,
  );
}
