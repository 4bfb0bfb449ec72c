/** A block of code in a document. */
export interface CodeBlock {
  /** Of its first line, from 1. */
  readonly line: number;
  /** What follows the fence, such as "toml"; "" where nothing does, and for an indented block. */
  readonly language: string;
  readonly lines: readonly string[];
}

/** The blocks of code in a text in Markdown: fenced ones, and indented ones after an empty line. */
export function codeBlocks(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^( {0,3}|\s*)(`{3,}|~{3,})\s*(\S*)/.exec(lines[at]!);
    if (fence !== null) {
      const [, indent = "", mark = "", language = ""] = fence;
      const first = at + 1;
      let end = first;
      while (end < lines.length && !lines[end]!.trimStart().startsWith(mark)) end += 1;
      const inside = lines.slice(first, end).map((line) => line.replace(indent, ""));
      blocks.push({ line: first + 1, language, lines: inside });
      at = end;
    } else if (/^ {4}\S/.test(lines[at]!) && (at === 0 || lines[at - 1]!.trim() === "")) {
      let end = at;
      while (end < lines.length && (/^ {4}/.test(lines[end]!) || lines[end]!.trim() === "")) end += 1;
      while (lines[end - 1]!.trim() === "") end -= 1;
      blocks.push({ line: at + 1, language: "", lines: lines.slice(at, end).map((line) => line.slice(4)) });
      at = end;
    }
  }
  return blocks;
}
