import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ERRORS } from "../../../server/errors/register.ts";

const text = await readFile(new URL("../../../docs/errors.md", import.meta.url), "utf8");
const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (\d{3}|-) \|/gm)].map(
  (match) => [match[1]!, match[2]!] as const,
);

test("docs/errors.md lists exactly the register's codes, each once", () => {
  assert.deepEqual(rows.map(([code]) => code).sort(), Object.keys(ERRORS).sort());
});

test("docs/errors.md gives the status of every code that HTTP shows", () => {
  for (const [code, status] of rows) {
    if (status !== "-") assert.equal(Number(status), ERRORS[code as keyof typeof ERRORS].status, code);
  }
});
