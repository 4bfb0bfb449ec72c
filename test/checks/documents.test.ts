import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { blocks, blocksOf, ROOT } from "../support/documents/commands.ts";
import { ELSEWHERE, NO_COMMANDS, NOT_RUN, OTHER_SYSTEMS } from "../support/documents/register.ts";
import { fits, hasNoCommands, tried } from "../support/documents/tried.ts";

const all = blocks();
const commands = all
  .filter((block) => !hasNoCommands(block))
  .flatMap(({ document, commands }) => commands.map((command) => ({ document, command })));

test("documents have commands", () => assert.ok(commands.length > 100));

test("a block in a language that is no shell's is known, and why nobody runs it", () => {
  const strange = all.filter(
    ({ language, commands, ...block }) =>
      commands.length === 0 && OTHER_SYSTEMS[language] === undefined && !hasNoCommands(block),
  );
  assert.deepEqual(
    strange.map(({ document, line, first }) => `${document}:${line}: ${first}`),
    [],
  );
});

test("every entry of the register stands in its document", () => {
  const stands = (document: string, pattern: string | RegExp) =>
    commands.some((one) => one.document === document && fits(pattern, one.command));
  const gone = [
    ...NO_COMMANDS.filter(
      ([document, first]) =>
        !all.some((block) => block.document === document && block.first.startsWith(first)),
    ).map(([document, first]) => `${document}: ${first}`),
    ...NOT_RUN.flatMap((entry) => entry.commands)
      .filter(([document, command]) => !stands(document, command))
      .map(([document, command]) => `${document}: ${command}`),
    ...ELSEWHERE.flatMap(({ document, commands }) =>
      commands.filter((pattern) => !stands(document, pattern)).map((pattern) => `${document}: ${pattern}`),
    ),
    ...Object.keys(OTHER_SYSTEMS).filter((name) => !all.some(({ language }) => language === name)),
  ];
  assert.deepEqual(gone, []);
});

test("the tests that run commands elsewhere are there", () => {
  for (const { test: file, holds } of ELSEWHERE)
    assert.ok(readFileSync(join(ROOT, file), "utf8").includes(holds), `${file} has no ${holds}`);
});

test("what is not run names scripts and files that there are", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const missing = NOT_RUN.flatMap((entry) => entry.commands).flatMap(([document, command]) => {
    const names = /^npm run ([a-z-]+(?: \| [a-z]+)*)/.exec(command)?.[1]?.split(" | ") ?? [];
    const files = command.match(/\b(?:bin|test|server)\/[\w./-]*\w/g) ?? [];
    return [
      ...names.filter((name) => scripts[name] === undefined),
      ...files.filter((file) => !file.includes("*") && !existsSync(join(ROOT, file))),
    ].map((what) => `${document}: ${what}`);
  });
  assert.deepEqual(missing, []);
});

test("commands are told from what is said beside them, and from what comes of them", () => {
  const text = `
    pacctl status        # in words
    cat >x <<'END'
    not a command
    END
    curl -d x \\
      http://127.0.0.1/

words

    # pacctl decode x
    ok    what came of it
`;
  assert.deepEqual(
    blocksOf("x.md", text).flatMap((block) => block.commands),
    [
      "pacctl status",
      "cat >x <<'END'\nnot a command\nEND",
      "curl -d x \\\n  http://127.0.0.1/",
      "pacctl decode x",
    ],
  );
});

test("a command that nobody entered is run", () => {
  assert.equal(tried("docs/operations.md", "rm -rf /"), "run");
  assert.equal(tried("docs/operations.md", "ufw reload"), "elsewhere");
  assert.equal(tried("test/README.md", "npm test"), "not-run");
});
