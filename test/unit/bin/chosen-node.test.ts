import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BIN, sh, writeProgram } from "../../support/shell.ts";

const work = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(work, { recursive: true }));
const ADDON = join(BIN, "../server/platform/native/build/pacd.node");

/** The path of the Node that was taken, or why not. */
function chosen(node: string, { root = join(BIN, ".."), addon = ADDON, path = "" } = {}): string {
  const { status, said } = sh(
    `. ${BIN}/chosen-node.sh; chosen_node "$@" && echo "$chosen_node"`,
    [node, root, addon],
    { PATH: `${path}:${process.env["PATH"]}`, NODE_OPTIONS: "--nonsense" },
  );
  assert.equal(status === 0, !said.startsWith("pacd: PACD_NODE="), said);
  return said.trimEnd();
}

test("a Node that pacd can run on is taken, by its path or its name", () => {
  assert.equal(chosen(process.execPath), process.execPath);
  const node = writeProgram(work, "node-of-ours", `exec ${process.execPath} "$@"`);
  assert.equal(chosen("node-of-ours", { path: work }), node);
  assert.equal(chosen(process.execPath, { addon: join(work, "not-built.node") }), process.execPath);
});

test("what is no Node, or an old one, is refused in words", () => {
  assert.match(
    chosen(join(work, "nothing")),
    /nothing cannot be used: there is no such program\. Without PACD_NODE/,
  );
  assert.match(chosen(work), /it is no program that this user may run/);
  writeFileSync(join(work, "text"), "");
  assert.match(chosen(join(work, "text")), /it is no program that this user may run/);
  const says = (script: string) => chosen(writeProgram(work, "program", script));
  assert.match(says("echo v22.19.0"), /it is Node v22\.19\.0, and pacd needs 24 or later/);
  assert.match(says("echo GNU true"), /asked for its --version it says: GNU true/);
  assert.match(says("exit 127"), /it says: nothing/);
  const foreign = join(work, "foreign");
  writeFileSync(foreign, "\x7fELF\n");
  chmodSync(foreign, 0o755);
  assert.match(chosen(foreign), /it is no Node that runs here/);
});

test("one that cannot load SQLite or the addon is refused, with the loader's words", () => {
  assert.match(chosen(process.execPath, { root: work }), /it cannot load better-sqlite3: Cannot find module/);
  const addon = join(work, "pacd.node");
  writeFileSync(addon, "no library");
  assert.match(
    chosen(process.execPath, { addon }),
    /it cannot load \/.*\/pacd\.node: .*(too short|invalid ELF)/,
  );
});
