const AT_START = /^[\s\u0085\p{Cf}]/u;
const AT_END = /[\s\u0085\p{Cf}]$/u;

/**
 * White space and invisible characters at the ends of a name or a password, in words that follow "the name"
 * or "the password": "begins with a space", "ends with a tab". Empty: there are none.
 */
export function edgeSpaces(text: string): readonly string[] {
  const first = AT_START.exec(text)?.[0];
  const last = AT_END.exec(text)?.[0];
  return [
    ...(first === undefined ? [] : [`begins with ${named(first)}`]),
    ...(last === undefined ? [] : [`ends with ${named(last)}`]),
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  " ": "a space",
  "\t": "a tab",
  "\n": "a line end",
  "\r": "a carriage return (U+000D), as files from Windows have at the end of each line",
  "\u00a0": "a no-break space (U+00A0)",
  "\u3000": "an ideographic space (U+3000)",
  "\ufeff": "a byte order mark (U+FEFF), as some editors put before a text",
};

function named(character: string): string {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  const kind = /\p{Cf}/u.test(character) ? "an invisible character" : "white space";
  return WORDS[character] ?? `${kind} (${number})`;
}
