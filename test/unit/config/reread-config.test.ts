import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { rereadConfig } from "../../../server/config/reread-config.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

/** A file, and what happens at each pause between two looks. */
function disk(t: TestContext) {
  const file = join(temporaryDirectory(t), "pacd.toml");
  const meanwhile: (() => void)[] = [];
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
    meanwhile.shift()?.();
  };
  return { file, meanwhile, pauses: () => pauses, reread: () => rereadConfig(file, pause) };
}

const refusedAs = (pattern: RegExp) => ({ code: "config-unreadable", message: pattern });

test("a file is read, checked and built as at the start", async (t) => {
  const { file, reread } = disk(t);
  writeFileSync(file, '[tunnel]\nmtu = 1300\n[state]\ndirectory = "state"\n');
  const config = await reread();
  assert.equal(config.tunnel.mtu, 1300);
  assert.equal(config.state.directory, join(file, "../state"));
});

test("a file that is being written is read when it is whole", async (t) => {
  const { file, meanwhile, pauses, reread } = disk(t);
  writeFileSync(file, "[tunnel]\nmtu = 13");
  meanwhile.push(
    () => writeFileSync(file, "[tunnel]\nmtu = 1300\ndn"),
    () => writeFileSync(file, "[tunnel]\nmtu = 1300\ndns = []\n"),
  );
  assert.equal((await reread()).tunnel.mtu, 1300);
  assert.equal(pauses(), 3);
});

test("one that is replaced by another under its name is read from the new one", async (t) => {
  const { file, meanwhile, reread } = disk(t);
  writeFileSync(file, "[tunnel]\nmtu = 1300\n");
  meanwhile.push(() => {
    writeFileSync(`${file}.new`, "[tunnel]\nmtu = 1200\n");
    renameSync(`${file}.new`, file);
  });
  assert.equal((await reread()).tunnel.mtu, 1200);
});

test("one that never stays the same is refused", async (t) => {
  const { file, meanwhile, reread } = disk(t);
  writeFileSync(file, "# 0\n");
  for (let i = 1; i < 100; i++) meanwhile.push(() => writeFileSync(file, `# ${i}\n`));
  await assert.rejects(reread(), refusedAs(/it changes all the time/));
});

test("a half-written file is refused with its line", async (t) => {
  const { file, reread } = disk(t);
  writeFileSync(file, '[tunnel]\nmtu = 1300\npool = ["10.77');
  await assert.rejects(reread(), { code: "config-syntax", message: /pacd\.toml:3: column/ });
});

test("an empty file is refused: at the start it means the defaults, now somebody may be writing it", async (t) => {
  const { file, reread } = disk(t);
  writeFileSync(file, "");
  await assert.rejects(reread(), refusedAs(/it is empty/));
  writeFileSync(file, "# the defaults\n");
  await reread();
});

test("what is no file, too large, or not there is refused at once", async (t) => {
  const { file, pauses, reread } = disk(t);
  await assert.rejects(reread(), refusedAs(/ENOENT/));
  mkdirSync(file);
  await assert.rejects(reread(), refusedAs(/it is no regular file/));
  rmSync(file, { recursive: true });
  execFileSync("mkfifo", [file]);
  await assert.rejects(reread(), refusedAs(/it is no regular file/));
  rmSync(file);
  symlinkSync("/dev/zero", file);
  await assert.rejects(reread(), refusedAs(/it is no regular file/));
  rmSync(file);
  writeFileSync(file, `# ${"x".repeat(10 * 1024 * 1024)}\n`);
  await assert.rejects(reread(), refusedAs(/it is larger than 256 KiB/));
  writeFileSync(file, Buffer.from([0x23, 0xff, 0xfe]));
  await assert.rejects(reread(), refusedAs(/it is not UTF-8/));
  assert.equal(pauses(), 1);
});

test("a file that pacd's user may not read is refused", async (t) => {
  const { file, reread } = disk(t);
  writeFileSync(file, "# x\n", { mode: 0 });
  const root = process.getuid?.() === 0;
  // Root may read everything: as nobody, for as long as it takes.
  if (root) process.seteuid?.(65_534);
  try {
    await assert.rejects(reread(), refusedAs(/EACCES/));
  } finally {
    if (root) process.seteuid?.(0);
  }
});
