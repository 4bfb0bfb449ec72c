import assert from "node:assert/strict";
import { test } from "node:test";
import { rasErrorWords } from "../../../verdicts/ras-errors.ts";
import { CAUSES } from "../../../verdicts/register.ts";

const NUMBERS = [0, ...Array.from({ length: 400 }, (_, i) => i + 600)];

test("each number's words are one clause that can stand behind it, without a full stop", () => {
  const said = NUMBERS.flatMap((error) => rasErrorWords(error) ?? []);
  assert.ok(said.length > 80);
  for (const words of said) assert.match(words, /^[A-Za-z][ -~]*[a-z0-9]$/i);
});

test("every error that a verdict names has its words", () => {
  for (const cause of Object.values(CAUSES))
    for (const error of cause.windowsErrors) assert.ok(rasErrorWords(error) !== undefined, `${error}`);
});

test("what is no number of the list has none, whatever an object's prototype knows", () => {
  for (const error of [1, 599, 999, Number.NaN]) assert.equal(rasErrorWords(error), undefined);
});
