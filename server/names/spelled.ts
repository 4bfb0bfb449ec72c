/**
 * A name in quotes, for a sentence that tells spellings apart: where a letter and its accent are two pieces,
 * the accent is written out, as in "a\u{308}nna".
 */
export function spelled(name: string): string {
  if (name.normalize("NFC") === name) return `"${name}"`;
  return `"${name.replace(/\p{M}/gu, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`)}"`;
}
