import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { parseCommandLine } from "../../server/command-line.ts";
import { AppError } from "../../server/errors/app-error.ts";

const INSTALLED = { version: "1.2.3", configFile: undefined, stateDirectory: "/srv/pacd/var" };

test("serve and check take a configuration file", () => {
  assert.deepEqual(parseCommandLine(["serve"], INSTALLED), { do: "serve", configFile: undefined });
  assert.deepEqual(parseCommandLine(["check", "--config", "/etc/pacd.toml"], INSTALLED), {
    do: "check",
    configFile: "/etc/pacd.toml",
  });
});

for (const argv of [["frobnicate"], ["serve", "--frob"], ["serve", "--config"], ["serve", "extra"]]) {
  test(`pacd ${argv.join(" ")} is refused as usage, in one line`, () => {
    assert.throws(
      () => parseCommandLine(argv, INSTALLED),
      (error: unknown) =>
        error instanceof AppError && error.code === "usage" && !error.message.includes("\n"),
    );
  });
}

/** Parses with the terminal's streams held back; says which of them were written to. */
function parsedQuietly(t: TestContext, argv: readonly string[]) {
  const streams = (["stdout", "stderr"] as const).map(
    (name) => [name, t.mock.method(process[name], "write", () => true).mock] as const,
  );
  const request = parseCommandLine(argv, INSTALLED);
  const wrote = streams.filter(([, mock]) => mock.callCount() > 0).map(([name]) => name);
  t.mock.restoreAll();
  return { request, wrote };
}

test("without a command pacd shows its help and fails, so that a script or a service notices", (t) => {
  assert.deepEqual(parsedQuietly(t, []), {
    request: { do: "nothing", exitCode: 2 },
    wrote: ["stderr"],
  });
});

for (const argv of [["--help"], ["help"], ["help", "serve"], ["serve", "--help"], ["--version"]]) {
  test(`pacd ${argv.join(" ")} is no failure`, (t) => {
    assert.deepEqual(parsedQuietly(t, argv), {
      request: { do: "nothing", exitCode: 0 },
      wrote: ["stdout"],
    });
  });
}

test("the help says what is read without --config", (t) => {
  const help = (configFile: string | undefined) => {
    const write = t.mock.method(process.stdout, "write", () => true).mock;
    parseCommandLine(["serve", "--help"], { ...INSTALLED, configFile });
    const said = write.calls.map(({ arguments: [words] }) => String(words)).join("");
    t.mock.restoreAll();
    return said.replaceAll(/\s+/g, " ");
  };
  assert.match(help(undefined), /without one, built-in defaults with state in \/srv\/pacd\/var/);
  assert.match(help("/etc/pacd/pacd.toml"), /without one, \/etc\/pacd\/pacd\.toml/);
});
