import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pacctl } from "../../support/pacctl.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "dial.pcap"), "");

const never = async (): Promise<Response> => {
  throw new Error("a completion needs no API");
};

const text = async (shell: string) => (await pacctl(["completion", shell], { fetch: never })).out;

/** What bash offers for the last of the words, which may be begun. */
function offered(script: string, ...words: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    [
      "--norc",
      "-c",
      `compopt() { :; }; eval "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pacctl; IFS=,; echo "$\{COMPREPLY[*]}"`,
      "bash",
      script,
      "pacctl",
      ...words,
    ],
    { cwd: folder, encoding: "utf8" },
  );
  assert.deepEqual([status, stderr], [0, ""]);
  return stdout.trim().split(",");
}

test("bash completes commands, those inside them, options, choices and files", async () => {
  const script = await text("bash");
  assert.deepEqual(offered(script, "use"), ["user"]);
  assert.deepEqual(offered(script, "session", ""), [
    "list",
    "totals",
    "export",
    "show",
    "disconnect",
    "end",
    "help",
    "-h",
    "--help",
    "--json",
    "-o",
    "--output",
    "--columns",
    "--url",
    "--ca",
    "--socket",
    "--token-file",
    "--timeout",
    "--config",
  ]);
  assert.deepEqual(offered(script, "user", "set", "anna", "--when"), ["--when-exceeded"]);
  assert.deepEqual(offered(script, "user", "set", "anna", "--when-exceeded", "r"), ["replace"]);
  assert.deepEqual(offered(script, "decode", "di"), ["dial.pcap"]);
  assert.deepEqual(offered(script, "--token-file", "di"), ["dial.pcap"]);
  assert.deepEqual(offered(script, "user", "set", "anna", "--rate-up", ""), [""]);
});

test("the value of an option is not taken for a command", async () => {
  assert.deepEqual(offered(await text("bash"), "--token-file", "session", "us"), ["user"]);
});

for (const shell of ["bash", "zsh", "fish"]) {
  test(`the completion for ${shell} has every command of the help`, async () => {
    const script = await text(shell);
    const { out } = await pacctl(["--help"], { fetch: never });
    const commands = [
      ...out
        .split("Commands:")[1]!
        .split("\n\n")[0]!
        .matchAll(/^ {2}([a-z]+)/gm),
    ].map(([, name]) => name!);
    assert.ok(commands.length > 5);
    for (const name of commands) assert.match(script, new RegExp(`\\b${name}\\b`), name);
    assert.match(script, /user add/);
    assert.match(script, /static-address/);
  });
}

test("another shell is wrong usage, and the ones that there are stand in the answer", async () => {
  const { code, err } = await pacctl(["completion", "tcsh"], { fetch: never });
  assert.equal(code, 2);
  assert.match(err, /bash, zsh, fish/);
});
