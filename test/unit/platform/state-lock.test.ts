import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lockStateDirectory } from "../../../server/platform/state-lock.ts";
import { needs } from "../../support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));
const skip = needs({ addon: true });
const MODULE = new URL("../../../server/platform/state-lock.ts", import.meta.url);

/** What another process hears that wants the lock. */
function another(directory: string): string {
  const program = `const { lockStateDirectory } = await import(${JSON.stringify(MODULE.href)});
    try { lockStateDirectory(${JSON.stringify(directory)}); console.log("has it"); }
    catch (error) { console.log(error.code + ": " + error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  return (stdout + stderr).trim();
}

test("one process has a state directory at a time, and who comes second is told which", { skip }, () => {
  const release = lockStateDirectory(folder);
  assert.equal(readFileSync(join(folder, "pacd.lock"), "utf8"), `${process.pid}\n`);
  assert.equal(statSync(join(folder, "pacd.lock")).mode & 0o777, 0o600);
  const refusal = `state-in-use: Another pacd (process ${process.pid}) runs with the state directory ${folder}: stop it, or give this one a state.directory of its own.`;
  assert.equal(another(folder), refusal);
  assert.equal(readFileSync(join(folder, "pacd.lock"), "utf8"), `${process.pid}\n`);
  const link = join(folder, "another-name");
  symlinkSync(folder, link);
  assert.match(another(link), /^state-in-use: /);
  release();
  assert.equal(another(folder), "has it");
});

test("the lock ends with its process, however that ends; the file stays and means nothing", { skip }, () => {
  const holder = `const { lockStateDirectory } = await import(${JSON.stringify(MODULE.href)});
    lockStateDirectory(${JSON.stringify(folder)}); process.kill(process.pid, "SIGKILL"); await new Promise(() => {});`;
  const { signal } = spawnSync(process.execPath, ["--input-type=module", "-e", holder]);
  assert.equal(signal, "SIGKILL");
  lockStateDirectory(folder)();
});

test("a file without a process ID in it is refused without one", { skip }, () => {
  const directory = mkdtempSync(join(folder, "odd-"));
  const release = lockStateDirectory(directory);
  writeFileSync(join(directory, "pacd.lock"), "rubbish");
  assert.match(another(directory), /^state-in-use: Another pacd runs with /);
  release();
});

test("where the file system knows no locks pacd goes on without, and where there can be no file it says so", () => {
  const refusing = (syscall: string, code: string) => ({
    lockFile: () => {
      throw Object.assign(new Error(code), { code, syscall });
    },
    close: () => assert.fail(),
  });
  lockStateDirectory(folder, refusing("flock", "ENOLCK"))();
  assert.throws(() => lockStateDirectory(folder, refusing("open", "EROFS")), {
    code: "state-unusable",
    message: `${join(folder, "pacd.lock")} cannot be opened (EROFS).`,
  });
});
