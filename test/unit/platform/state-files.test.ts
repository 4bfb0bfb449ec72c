import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { openStateDirectory } from "../../../server/platform/state-directory.ts";
import { readPrivateFile, writePrivateFile } from "../../../server/platform/state-files.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));
let made = 0;
const path = () => join(folder, `${made++}`);
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
const unusable = (message: RegExp) => ({ name: "AppError", code: "state-unusable", message });

test("a state directory is made with its parents, for us alone", () => {
  const directory = join(path(), "lib", "pacd");
  assert.equal(openStateDirectory(directory), directory);
  assert.equal(mode(directory), "700");
});

test("a relative path comes back absolute", () => {
  const directory = path();
  assert.equal(openStateDirectory(relative(process.cwd(), directory)), directory);
});

test("a private directory with something in it is taken as it stands", () => {
  const directory = openStateDirectory(path());
  writeFileSync(join(directory, "database"), "");
  assert.equal(openStateDirectory(directory), directory);
});

test("an empty directory of ours is made private, as a container's fresh volume needs", () => {
  const directory = path();
  mkdirSync(directory);
  chmodSync(directory, 0o755);
  openStateDirectory(directory);
  assert.equal(mode(directory), "700");
});

test("a directory that is open to others and holds something is refused and left alone", () => {
  const directory = path();
  mkdirSync(directory);
  chmodSync(directory, 0o750);
  writeFileSync(join(directory, "a"), "");
  assert.throws(() => openStateDirectory(directory), unusable(/open to others: run `chmod 700 /));
  assert.equal(mode(directory), "750");
});

test("a file where the directory should be is named", () => {
  const file = path();
  writeFileSync(file, "");
  assert.throws(() => openStateDirectory(file), unusable(/a file stands in its place/));
  assert.throws(() => openStateDirectory(join(file, "below")), unusable(/a file stands in its place/));
});

test("a private file comes back as written, and only we may read it", () => {
  const file = path();
  writePrivateFile(file, Uint8Array.of(0, 1, 254, 255));
  assert.deepEqual(readPrivateFile(file), Uint8Array.of(0, 1, 254, 255));
  assert.equal(mode(file), "600");
});

test("the mode of a private file does not hang on the umask", () => {
  const file = path();
  const before = process.umask(0o777);
  try {
    writePrivateFile(file, "secret");
  } finally {
    process.umask(before);
  }
  assert.equal(mode(file), "600");
});

test("writing again replaces the whole file and leaves nothing beside it", () => {
  const directory = openStateDirectory(path());
  const file = join(directory, "token");
  writePrivateFile(file, "a longer secret");
  chmodSync(file, 0o644);
  writePrivateFile(file, "short");
  assert.equal(Buffer.from(readPrivateFile(file)!).toString(), "short");
  assert.equal(mode(file), "600");
  assert.deepEqual(readdirSync(directory), ["token"]);
});

test("a symbolic link is replaced, not followed", () => {
  const directory = openStateDirectory(path());
  const target = join(directory, "target");
  writeFileSync(target, "untouched");
  symlinkSync(target, join(directory, "token"));
  writePrivateFile(join(directory, "token"), "secret");
  assert.equal(statSync(target).size, "untouched".length);
});

test("a file that is not there is undefined", () => {
  assert.equal(readPrivateFile(path()), undefined);
});

test("a secret that others can read is refused", () => {
  const file = path();
  writePrivateFile(file, "secret");
  chmodSync(file, 0o640);
  assert.throws(() => readPrivateFile(file), unusable(/can be read by others: run `chmod 600 /));
});

test("a directory in a file's place is refused", () => {
  assert.throws(() => readPrivateFile(folder), unusable(/is not a file/));
  assert.throws(() => writePrivateFile(folder, ""), unusable(/cannot be written/));
});

test("a file that cannot be written names the reason", () => {
  assert.throws(
    () => writePrivateFile(join(folder, "absent", "a"), ""),
    unusable(/cannot be written \(ENOENT\)/),
  );
});
