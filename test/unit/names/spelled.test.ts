import assert from "node:assert/strict";
import { test } from "node:test";
import { spelled } from "../../../server/names/spelled.ts";

for (const [name, shown] of [
  ["\u00e4nna", '"\u00e4nna"'],
  ["a\u0308nna", '"a\\u{308}nna"'],
  ["o\u0323\u0302", '"o\\u{323}\\u{302}"'],
  ["\u0915\u094d\u0937\u093f", '"\u0915\u094d\u0937\u093f"'],
] as const)
  test(`${JSON.stringify(name)} is spelled ${shown}`, () => assert.equal(spelled(name), shown));
