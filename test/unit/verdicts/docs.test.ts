import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Words } from "../../../verdicts/cause.ts";
import { CAPTURE_VERDICTS, FAILURES, FOREIGN, VERDICTS } from "../../../verdicts/register.ts";

const document = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8");

/** Chapters whose heading begins with a code, each without the headings of higher rank behind it. */
function chapters(text: string): readonly string[] {
  const parts = text.split(/^(?=## `|# )/m);
  return parts.filter((part) => part.startsWith("## `")).map((part) => part.trimEnd());
}

/** A cause as a document has it; `errors`: how it tells what Windows shows. */
const chapter = (errors: (shown: string) => string) => (heading: string, words: Partial<Words>) =>
  [
    `## ${heading}`,
    ...(words.cause === undefined ? [] : [words.cause]),
    ...((words.windowsErrors?.length ?? 0) === 0 ? [] : [errors(words.windowsErrors!.join(", "))]),
    `What to do: ${words.remedy}`,
  ].join("\n\n");

const verdictChapter = chapter((shown) => `Windows shows: ${shown}.`);
const otherChapter = chapter((shown) => `Windows: ${shown}`);

const documented = {
  "verdicts.md": Object.entries(VERDICTS).map(([code, words]) => verdictChapter(`\`${code}\``, words)),
  "dial.md": Object.entries(FAILURES).map(([code, words]) => otherChapter(`\`${code}\``, words)),
  "decode.md": [
    ...Object.entries(CAPTURE_VERDICTS).map(([code, words]) => otherChapter(`\`${code}\``, words)),
    ...Object.entries(FOREIGN).flatMap(([source, all]) =>
      [...all].map(([code, words]) => otherChapter(`\`${code}\` of source \`${source}\``, words)),
    ),
  ],
};

for (const [name, expected] of Object.entries(documented)) {
  const found = chapters(document(name));
  const headings = (list: readonly string[]) => list.map((text) => text.split("\n")[0]!).toSorted();

  test(`docs/${name} and the register know the same codes`, () => {
    assert.deepEqual(headings(found), headings(expected));
  });

  for (const text of expected)
    test(`docs/${name} says what the register says: ${text.split("\n")[0]!}`, () => {
      assert.ok(found.includes(text), text);
    });
}
