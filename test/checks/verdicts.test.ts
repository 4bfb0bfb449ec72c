import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { VERDICTS } from "../../server/concentrator/verdicts/register.ts";

const ROOT = join(import.meta.dirname, "..");
const FILES = globSync("{simulation,interop}/**/*.{test.ts,json}", { cwd: ROOT });
const SOURCES = FILES.map((file) => readFileSync(join(ROOT, file), "utf8")).join("\n");

for (const code of Object.keys(VERDICTS))
  test(`a simulated peer or a real client brings the verdict ${code} about`, () => {
    assert.match(SOURCES, new RegExp(`"${code}"`));
  });
