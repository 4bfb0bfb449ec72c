import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { missingPaths } from "./rules/paths.ts";
import { sources } from "./rules/source.ts";

const ROOT = join(import.meta.dirname, "../..");
const [contributing] = sources("CONTRIBUTING.md");

test("every path in CONTRIBUTING.md exists", () => {
  assert.deepEqual(
    missingPaths(contributing!, (path) => existsSync(join(ROOT, path))),
    [],
  );
});

test("every `npm run` in CONTRIBUTING.md is a script, and every script that runs a part is told there", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const said = [...contributing!.text.matchAll(/npm run ([a-z]+(?: \| [a-z]+)*)/g)].flatMap(([, names]) =>
    names!.split(" | "),
  );
  assert.deepEqual(
    said.filter((name) => scripts[name] === undefined),
    [],
  );
  const parts = Object.entries(scripts).filter(([, line]) => /test\/run\.sh \w/.test(String(line)));
  assert.deepEqual(
    parts.map(([name]) => name).filter((name) => !said.includes(name)),
    [],
  );
});

test("a path that is gone is found, as code and as a link; a pattern is none", () => {
  const found = (text: string) =>
    missingPaths({ path: "CONTRIBUTING.md", text }, (path) => path === "server/gre/header.ts").length;
  assert.equal(found("see `server/gre/header.ts` and [it](server/gre/header.ts)"), 0);
  assert.equal(found("see `server/gre/head.ts`"), 1);
  assert.equal(found("see `server/lobby/`"), 1);
  assert.equal(found("see [it](docs/gone.md)"), 1);
  assert.equal(found("`migrations/NNNN-WHAT.ts`, `pacctl status`, `/metrics`, `AppError`, `crossFaults`"), 0);
});
