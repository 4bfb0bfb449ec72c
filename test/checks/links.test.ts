import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brokenLinks } from "./rules/links.ts";

const ROOT = join(import.meta.dirname, "../..");

function read(path: string): string | undefined {
  const file = join(ROOT, path);
  if (!existsSync(file)) return undefined;
  return statSync(file).isDirectory() ? "" : readFileSync(file, "utf8");
}

const documents = globSync("**/*.md", { cwd: ROOT, exclude: ["node_modules", "dist", "var", ".git"] });

test("every link of every document leads somewhere", () => {
  assert.ok(documents.length > 40);
  assert.deepEqual(
    documents.flatMap((path) => brokenLinks(path, read(path)!, read)),
    [],
  );
});

test("a file or a heading that is not there is found", () => {
  const text =
    "[a](../x.md) [b](#here) [c](#gone) [d](x.md#gone) `[e](none.md)` [f](https://x.test/)\n\n## Here\n";
  const files: Readonly<Record<string, string>> = { "docs/x.md": "# There\n" };
  assert.deepEqual(
    brokenLinks("docs/a.md", text, (path) => files[path]),
    [
      "docs/a.md: ../x.md: there is no x.md",
      "docs/a.md: #gone: docs/a.md has no such heading",
      "docs/a.md: x.md#gone: docs/x.md has no such heading",
    ],
  );
});
