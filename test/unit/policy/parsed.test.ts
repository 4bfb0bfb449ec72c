import assert from "node:assert/strict";
import { test } from "node:test";
import { type Parsed, remembering } from "../../../server/policy/parsed.ts";

const TEXTS = 4096;

test("a text is parsed once, also one that has no meaning", () => {
  const asked: string[] = [];
  const parse = remembering((text): Parsed<number> => {
    asked.push(text);
    return text === "one" ? { ok: true, value: 1 } : { ok: false, says: "No." };
  });
  for (const text of ["one", "two", "one", "two"])
    assert.deepEqual(parse(text), text === "one" ? { ok: true, value: 1 } : { ok: false, says: "No." });
  assert.deepEqual(asked, ["one", "two"]);
});

test("what is remembered is bounded", () => {
  let asked = 0;
  const parse = remembering((text): Parsed<string> => {
    asked++;
    return { ok: true, value: text };
  });
  for (let i = 0; i <= TEXTS; i++) parse(`${i}`);
  assert.equal(asked, TEXTS + 1);
  assert.deepEqual(parse("0"), { ok: true, value: "0" });
  assert.equal(asked, TEXTS + 2, "it began anew");
  parse(`${TEXTS}`);
  assert.equal(asked, TEXTS + 2, "and remembers again");
});
