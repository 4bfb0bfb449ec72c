/** A word of a command line as it was typed, and what the shell makes of it. */
interface TypedWord {
  readonly typed: string;
  readonly text: string;
  /** The quote that it is in at its end; "": in none. */
  readonly quote: string;
}

/** The words of a line of bash or zsh up to its end; the last one is begun, and perhaps empty. */
export function typedWords(line: string): readonly TypedWord[] {
  const words: TypedWord[] = [];
  let rest = line.trimStart();
  for (;;) {
    const word = typedWord(rest);
    words.push(word);
    if (word.typed.length === rest.length) return words;
    rest = rest.slice(word.typed.length).trimStart();
  }
}

/** The first word of a text. Nothing in it is expanded. */
function typedWord(line: string): TypedWord {
  let text = "";
  let quote = "";
  let at = 0;
  for (; at < line.length; at += 1) {
    const letter = line[at]!;
    const next = line[at + 1];
    if (quote === "" && /\s/.test(letter)) break;
    if (letter === quote) quote = "";
    else if (quote === "" && (letter === "'" || letter === '"')) quote = letter;
    else if (letter === "\\" && (quote === "" || (quote === '"' && /["\\$`]/.test(next ?? "")))) {
      text += next ?? "";
      at += 1;
    } else text += letter;
  }
  return { typed: line.slice(0, at), text, quote };
}

/** A text as bash takes it for one word, behind a quote that is open already. */
export function quotedForBash(text: string, quote: string): string {
  switch (quote) {
    case "'":
      return `'${text.replaceAll("'", "'\\''")}`;
    case '"':
      return `"${text.replaceAll(/["\\$`]/g, "\\$&")}`;
    default:
      return text.replaceAll(/[^\p{L}\p{N}\p{M}_.,:/@%+=-]/gu, "\\$&").replace(/^~/, "\\~");
  }
}
