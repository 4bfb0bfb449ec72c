import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ensureAdminToken, rotateAdminToken } from "../../../admin-api/admin-token.ts";
import { tokenHash } from "../../../admin-api/token-hash.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import type { TokenRepository } from "../../../server/store/people/token-types.ts";
import { openTemporaryStore } from "../../support/temporary-store.ts";

let directory: string;
let file: string;
let tokens: TokenRepository;
let close: () => Promise<void>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "pacd-token-"));
  file = join(directory, "admin-token");
  await another();
});
afterEach(async () => {
  await close();
  await rm(directory, { recursive: true });
});

/** A store that knows no token yet. */
async function another(): Promise<void> {
  const opened = await openTemporaryStore();
  ({ tokens } = opened.store);
  close = opened.close;
}

const written = async () => (await readFile(file, "utf8")).trim();
const valid = async (token: string) => tokens.has(tokenHash(token));

test("the first start writes a token that only its owner can read, and the store knows it", async () => {
  assert.deepEqual(await ensureAdminToken(directory, tokens), { path: file, created: true });
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.match(await written(), /^pacd_[A-Za-z0-9_-]{49}$/);
  assert.ok(await valid(await written()));
  assert.deepEqual(await readdir(directory), ["admin-token"]);
});

test("a later start keeps the token", async () => {
  await ensureAdminToken(directory, tokens);
  const first = await written();
  assert.deepEqual(await ensureAdminToken(directory, tokens), { path: file, created: false });
  assert.equal(await written(), first);
});

test("a token of the form before is kept", async () => {
  const old = "x".repeat(43);
  await writeFile(file, `${old}\n`);
  assert.equal((await ensureAdminToken(directory, tokens)).created, false);
  assert.deepEqual([await written(), await valid(old)], [old, true]);
});

const WRONG_CHECKSUM = `pacd_${"x".repeat(49)}\n`;
for (const damage of ["", "short\n", "two\nlines\n", WRONG_CHECKSUM]) {
  test(`a file that holds ${JSON.stringify(damage)} gets a new token, and the old one is no longer valid`, async () => {
    await ensureAdminToken(directory, tokens);
    const first = await written();
    await writeFile(file, damage);
    assert.equal((await ensureAdminToken(directory, tokens)).created, true);
    assert.notEqual(await written(), first);
    assert.deepEqual([await valid(first), await valid(await written())], [false, true]);
  });
}

test("a lost file gets a new token", async () => {
  await ensureAdminToken(directory, tokens);
  const first = await written();
  await rm(file);
  await ensureAdminToken(directory, tokens);
  assert.deepEqual([await valid(first), await valid(await written())], [false, true]);
});

test("a token that the store does not know, after the database was replaced, becomes valid", async () => {
  await ensureAdminToken(directory, tokens);
  await close();
  await another();
  assert.equal((await ensureAdminToken(directory, tokens)).created, false);
  assert.ok(await valid(await written()));
});

test("what a crash left half-written does no harm", async () => {
  await writeFile(`${file}.new`, "half");
  await chmod(`${file}.new`, 0o644);
  await ensureAdminToken(directory, tokens);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(directory), ["admin-token"]);
});

test("a state directory that does not exist is state-unusable", async () => {
  await assert.rejects(
    ensureAdminToken(join(directory, "missing"), tokens),
    (error) => error instanceof AppError && error.code === "state-unusable",
  );
});

test("rotated: the file has another token, which holds at once, and the one before does not", async () => {
  await ensureAdminToken(directory, tokens);
  const first = await written();
  const next = await rotateAdminToken(directory, tokens);
  assert.equal(await written(), next);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual([await valid(first), await valid(next)], [false, true]);
  assert.equal((await ensureAdminToken(directory, tokens)).created, false);
});

test("rotated while the database takes nothing: the file and the token are as they were", async () => {
  await ensureAdminToken(directory, tokens);
  const first = await written();
  const full = { ...tokens, put: () => Promise.reject(new AppError("store-unavailable", "It is full.")) };
  await assert.rejects(rotateAdminToken(directory, full), { code: "store-unavailable" });
  assert.deepEqual([await written(), await valid(first)], [first, true]);
});
