import assert from "node:assert/strict";
import { test } from "node:test";
import { commandTree, everyCommand } from "../../../pacctl/completion/command-tree.ts";
import { EXIT } from "../../../pacctl/exit-codes.ts";
import type { Io } from "../../../pacctl/io.ts";
import { pacctlProgram } from "../../../pacctl/run.ts";
import { pacctl } from "../../support/pacctl.ts";

const never = async () => assert.fail("help needs no server");

test("pacctl --help has every exit code, and fits 80 columns below its lists", async () => {
  const { code, out } = await pacctl(["--help"], { fetch: never, env: {} });
  assert.equal(code, 0);
  const below = out.slice(out.indexOf("\nExamples:"));
  assert.deepEqual(
    below.split("\n").filter((line) => line.length > 80),
    [],
  );
  const codes = [...below.slice(below.indexOf("Exit codes:")).matchAll(/ {2}(\d) {2}[a-z]/g)];
  assert.deepEqual(
    codes.map(([, digit]) => Number(digit)),
    Object.values(EXIT),
  );
});

test("every command says in its help what it does, and every option", () => {
  for (const { path, description, options } of everyCommand(
    commandTree(pacctlProgram({ version: "1.2.3" } as Io)),
  )) {
    assert.notEqual(description, "", path.join(" "));
    for (const { flags, description: words } of options)
      assert.notEqual(words, "", `${path.join(" ")} ${flags}`);
  }
});
