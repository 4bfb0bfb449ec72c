import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Io } from "../../../pacctl/io.ts";
import { assertWhole, PASSPHRASE, serving } from "../../support/backup-bench.ts";
import { pacctl } from "../../support/pacctl.ts";

const modes = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true }).map((name) => [
      String(name),
      (statSync(join(directory, String(name))).mode & 0o777).toString(8),
    ]),
  );

test("create, verify, restore on another host: every user and token is there, and nobody else may read it", async (t) => {
  const { store, directory, token, folder, call, fresh } = await serving(t);
  const file = join(folder, "pacd.tar");
  const created = await call("create", file);
  assert.deepEqual([created.code, created.err], [0, ""]);
  assert.match(
    created.out,
    /pacd\.tar: .* KiB, 2 users, checked\.\nMade by pacd 1\.2\.3 on vpn1 at 2026-01-02 12:00:00Z, schema 0010-events\.\nIt is not encrypted: whoever reads it can log in as any user and as the administrator\.\n/,
  );
  assert.deepEqual(readdirSync(folder).sort(), ["pacd.tar", "pacd.toml"]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(store.backups.lastAt, "2026-01-02T12:00:00.000Z");
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.includes("backup")),
    [],
  );

  const verified = await call("verify", file);
  assert.equal(
    verified.out,
    `${file} is whole, and its key fits its database.\nMade by pacd 1.2.3 on vpn1 at 2026-01-02 12:00:00Z, schema 0010-events.\nIt holds 2 users, 0 sessions and 0 dials.\n`,
  );

  const to = fresh();
  const restored = await call("restore", file, "--to", to);
  assert.deepEqual([restored.code, restored.err], [0, ""]);
  assert.match(restored.out, /^Restored to .*\. Made by pacd 1\.2\.3 on vpn1.*\nIt holds 2 users/);
  assert.match(restored.out, /The configuration, .*pacd\.toml, is in .*pacd\.toml\.restored: compare it/);
  assert.deepEqual(modes(to), {
    "pacd.db": "600",
    "secret.key": "600",
    "admin-token": "600",
    "pacd.toml.restored": "600",
    "pacd.lock": "600",
    tls: "700",
    "tls/api.pem": "600",
  });
  assert.equal(statSync(to).mode & 0o777, 0o700);
  await assertWhole(t, to, token);
});

test("with a passphrase: by file or standard input, needed again, and never short", async (t) => {
  const { token, folder, call, fresh } = await serving(t);
  const secret = join(folder, "passphrase");
  writeFileSync(secret, `${PASSPHRASE}\n`);
  const file = join(folder, "pacd.tar.age");
  const created = await call("create", file, "--passphrase-file", secret);
  assert.match(created.out, /It is encrypted\. Without the passphrase nobody can restore it/);
  assert.equal(readFileSync(file).includes("anna"), false);
  assert.equal((await call("verify", file, "--passphrase-stdin")).code, 0);
  const without = await call("verify", file);
  assert.equal(without.code, 2);
  assert.match(without.err, /The backup is encrypted: give its passphrase/);
  writeFileSync(secret, "another passphrase");
  const to = fresh();
  const wrong = await call("restore", file, "--to", to, "--passphrase-file", secret);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /The passphrase is not that of the backup/);
  assert.deepEqual(readdirSync(to), ["pacd.lock"]);
  assert.equal((await call("restore", file, "--to", to, "--passphrase-stdin")).code, 0);
  await assertWhole(t, to, token);
  writeFileSync(secret, "too short\n");
  const short = await call("create", join(folder, "short"), "--passphrase-file", secret);
  assert.equal(short.code, 2);
  assert.match(short.err, /must have 12 characters or more/);
});

test("an existing file is not overwritten, and an answer that breaks off leaves nothing", async (t) => {
  const { folder, call, io } = await serving(t);
  const file = join(folder, "pacd.toml");
  const refused = await call("create", file);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /pacd\.toml is there already/);
  const cut: Io["fetch"] = async (url, init) => {
    const answer = await fetch(url, init);
    const octets = new Uint8Array(await answer.arrayBuffer());
    let sent = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) controller.error(new TypeError("terminated"));
        else controller.enqueue(octets.subarray(0, 5000));
        sent = true;
      },
    });
    return new Response(body, { status: 200 });
  };
  const broken = await pacctl(["backup", "create", join(folder, "b.tar")], { ...io, fetch: cut });
  assert.equal(broken.code, 3);
  assert.match(broken.err, /The backup broke off on its way/);
  // One that ends early without an error is no backup either.
  const short: Io["fetch"] = async (url, init) => {
    const octets = new Uint8Array(await (await fetch(url, init)).arrayBuffer());
    return new Response(octets.subarray(0, -1), { status: 200 });
  };
  const early = await pacctl(["backup", "create", join(folder, "b.tar")], { ...io, fetch: short });
  assert.equal(early.code, 2);
  assert.match(early.err, /The backup is damaged: it ends after \d+ octets, too early/);
  assert.deepEqual(readdirSync(folder), ["pacd.toml"]);
});

test("in a folder a backup has the host's name and the time, and --keep removes the oldest of that host", async (t) => {
  const { folder, call } = await serving(t);
  const names = ["20250101T000000Z.tar", "20250301T000000Z.tar.age", "20250201T000000Z.tar"];
  for (const name of names) writeFileSync(join(folder, `pacd-vpn1-${name}`), "");
  writeFileSync(join(folder, "pacd-vpn2-20240101T000000Z.tar"), "");
  const { out, code } = await call("create", `${folder}/`, "--keep", "2", "--passphrase-stdin");
  assert.equal(code, 0);
  assert.match(
    out,
    /Removed older ones: pacd-vpn1-20250201T000000Z\.tar, pacd-vpn1-20250101T000000Z\.tar\.\n$/,
  );
  assert.deepEqual(readdirSync(folder).sort(), [
    "pacd-vpn1-20250301T000000Z.tar.age",
    "pacd-vpn1-20260102T120000Z.tar.age",
    "pacd-vpn2-20240101T000000Z.tar",
    "pacd.toml",
  ]);
  assert.equal((await call("create", join(folder, "x"), "--keep", "2")).code, 2);
  assert.equal((await call("create", folder, "--keep", "0")).code, 2);
});

test("--json says the same to programs", async (t) => {
  const { folder, io, fresh } = await serving(t);
  const json = async (...argv: string[]) => JSON.parse((await pacctl(["--json", "backup", ...argv], io)).out);
  const file = join(folder, "pacd.tar");
  const created = await json("create", file);
  assert.equal(created.file, file);
  assert.equal(created.encrypted, false);
  assert.equal((await json("verify", file)).users, 2);
  const to = fresh();
  assert.equal((await json("restore", file, "--to", to)).directory, to);
});

test("two backups at once: the second one is refused, and the next works", async (t) => {
  const { folder, b, call } = await serving(t);
  const [one, two] = await Promise.all([
    call("create", join(folder, "1")),
    call("create", join(folder, "2")),
  ]);
  assert.deepEqual([one.code, two.code].sort(), [0, 6]);
  assert.match(one.err + two.err, /Another backup is being made\. Wait until it is over/);
  assert.equal((await call("create", join(folder, "3"))).code, 0);
  assert.equal((await b.call("GET", "/api/v1/status")).json().lastBackupAt, "2026-01-02T12:00:00.000Z");
});
