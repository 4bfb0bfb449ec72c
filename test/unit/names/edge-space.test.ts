import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeSpaces } from "../../../server/names/edge-space.ts";

for (const [text, ...said] of [
  ["anna"],
  ["an na"],
  [""],
  [" anna", "begins with a space"],
  ["anna ", "ends with a space"],
  ["\tanna\n", "begins with a tab", "ends with a line end"],
  ["anna\r", "ends with a carriage return (U+000D), as files from Windows have at the end of each line"],
  ["anna\u00a0", "ends with a no-break space (U+00A0)"],
  ["\u3000anna", "begins with an ideographic space (U+3000)"],
  ["\ufeffanna", "begins with a byte order mark (U+FEFF), as some editors put before a text"],
  ["anna\u2003", "ends with white space (U+2003)"],
  ["anna\u0085", "ends with white space (U+0085)"],
  ["\u200banna", "begins with an invisible character (U+200B)"],
  [" ", "begins with a space", "ends with a space"],
] as const)
  test(`the ends of ${JSON.stringify(text)} in words`, () => assert.deepEqual(edgeSpaces(text), said));
