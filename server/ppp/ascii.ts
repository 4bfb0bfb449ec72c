/** The octets of an ASCII text; anything else becomes `?`. For messages of our own. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x80 ? code : 0x3f;
  });
}
