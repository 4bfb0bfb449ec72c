import type { Findings } from "./import-types.ts";

/** Ours: no line of a list of users is longer, whatever hours and networks it has. In characters. */
export const MAX_LINE = 64 * 1024;

/** A line that is too long, in the words of every format. */
export const TOO_LONG = `longer than ${MAX_LINE} characters: left out`;

/** A line of a text, without its end. */
export interface FileLine {
  readonly line: number;
  readonly text: string;
}

/** Lines of a text that are not empty, whichever line end it has; those too long are told and left out. */
export function* fileLines(text: string, findings: Findings): Generator<FileLine> {
  let line = 0;
  for (const one of text.split(/\r\n|\n|\r/)) {
    line += 1;
    if (one.length > MAX_LINE) findings.lost(line, TOO_LONG);
    else if (one.trim() !== "") yield { line, text: one };
  }
}
