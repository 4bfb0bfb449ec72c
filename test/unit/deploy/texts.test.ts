import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { roff } from "../../../deploy/debian/man/roff.ts";
import { texts } from "../../../deploy/debian/texts.ts";
import { commandTree, everyCommand } from "../../../pacctl/completion/command-tree.ts";
import type { Io } from "../../../pacctl/io.ts";
import { pacctlProgram } from "../../../pacctl/run.ts";
import { needs } from "../../support/needs.ts";

const TEXTS = texts(new Date(0), "1.2.3");
const PAGES = [...TEXTS].filter(([path]) => path.startsWith("usr/share/man/"));
const plain = (page: string) => page.replaceAll("\\-", "-");

test("both programs have a page and a completion for each shell, and the configuration has a page", () => {
  assert.deepEqual([...TEXTS.keys()].sort(), [
    "usr/share/bash-completion/completions/pacctl",
    "usr/share/bash-completion/completions/pacd",
    "usr/share/fish/vendor_completions.d/pacctl.fish",
    "usr/share/fish/vendor_completions.d/pacd.fish",
    "usr/share/man/man1/pacctl.1",
    "usr/share/man/man5/pacd.toml.5",
    "usr/share/man/man8/pacd.8",
    "usr/share/zsh/vendor-completions/_pacctl",
    "usr/share/zsh/vendor-completions/_pacd",
  ]);
});

test("pacctl(1) has every command, every option, and every example of the help", () => {
  const page = plain(TEXTS.get("usr/share/man/man1/pacctl.1")!);
  const commands = everyCommand(commandTree(pacctlProgram({ version: "1.2.3" } as Io)));
  for (const { path, commands: inner, options, epilogue } of commands) {
    if (path.at(-1) === "help") continue;
    if (inner.length === 0) assert.ok(page.includes(`.SS ${["pacctl", ...path].join(" ")}`), path.join(" "));
    for (const { flags } of options)
      assert.ok(flags === "-h, --help" || page.includes(`\\fB${flags}\\fR`), flags);
    for (const line of epilogue.split("\n")) assert.ok(page.includes(line.replaceAll("~", "\\(ti")), line);
  }
});

test("pacd(8) tells what is read without --config in a package", () => {
  const page = plain(TEXTS.get("usr/share/man/man8/pacd.8")!);
  assert.match(page, /^\.SS pacd serve$/m);
  assert.match(page, /without one, \/etc\/pacd\/pacd\.toml/);
});

for (const [path, page] of PAGES) {
  test(`man has nothing to say against ${path}`, { skip: needs({ programs: ["groff"] }) }, () => {
    const { status, stdout, stderr } = spawnSync("groff", ["-man", "-ww", "-Tutf8"], {
      input: page,
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.ok(stdout.length > 1000);
  });
}

test("what is handed in is no roff", () => {
  assert.equal(
    roff.verbatim(".so /etc/passwd\n'x\\fBy"),
    ".PP\n.nf\n.RS 4\n\\&.so /etc/passwd\n\\&'x\\efBy\n.RE\n.fi\n",
  );
});
