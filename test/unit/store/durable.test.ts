import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { seconds } from "../../../server/wire/units.ts";
import { needs } from "../../support/needs.ts";
import { temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

/**
 * A store on a disk that has what was synced, and nothing else: a power cut leaves `disk`. SQLite's own
 * syncs, when it copies its log, are the same moment.
 */
async function onDisk(t: TestContext) {
  const disk = temporaryDirectory(t);
  const directory = temporaryDirectory(t);
  const clock = new VirtualClock();
  const syncs: (() => void)[] = [];
  const sync = async (file: string) => {
    await new Promise<void>((resolve) => syncs.push(resolve));
    for (const name of ["pacd.db", "pacd.db-wal", "secret.key"])
      copyFileSync(join(directory, name), join(disk, name));
    assert.equal(file, join(directory, "pacd.db-wal"));
  };
  const { store } = await temporaryStore(t, { directory, clock, sync });
  return { store, disk, directory, clock, syncs };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const opened = async (t: TestContext, directory: string) => (await temporaryStore(t, { directory })).store;

test("a change is acknowledged once it is on the disk, and not before", async (t) => {
  const { store, disk, syncs } = await onDisk(t);
  let answered = false;
  const creating = store.users.create({ name: "anna", password: "p" }).then(() => {
    answered = true;
  });
  await settle();
  assert.equal(answered, false);
  assert.equal(syncs.length, 1);
  syncs.shift()!();
  await creating;
  const { users } = await opened(t, disk);
  assert.ok(await users.credentials("anna"));
});

for (const [what, change, holds] of [
  ["a new password", "setPassword", "password"],
  ["a change", "update", "enabled"],
  ["a removal", "remove", "gone"],
  ["a token", "token", "token"],
] as const)
  test(`${what} survives a power cut once it is acknowledged`, async (t) => {
    const { store, disk, syncs } = await onDisk(t);
    const made = store.users.create({ name: "anna", password: "p" });
    await settle();
    syncs.shift()!();
    await made;
    const changing: Promise<unknown> = {
      setPassword: () => store.users.setPassword("anna", { password: "q", recoverablePassword: true }),
      update: () => store.users.update("anna", { enabled: false }),
      remove: () => store.users.remove("anna"),
      token: () => store.tokens.put("admin", new Uint8Array(32)),
    }[change]();
    await settle();
    syncs.shift()!();
    await changing;
    const after = await opened(t, disk);
    const found = {
      password: async () => (await after.users.credentials("anna"))?.password === "q",
      enabled: async () => (await after.users.find("anna"))?.enabled === false,
      gone: async () => (await after.users.find("anna")) === undefined,
      token: async () => after.tokens.has(new Uint8Array(32)),
    };
    assert.ok(await found[holds]());
  });

test("changes that come together wait for one sync, and none for one that began before it", async (t) => {
  const { store, disk, syncs } = await onDisk(t);
  const create = (name: string) => store.users.create({ name, password: "p" });
  const first = create("u0");
  await settle();
  const others = ["u1", "u2", "u3", "u4"].map(create);
  await settle();
  assert.equal(syncs.length, 1);
  syncs.shift()!();
  await first;
  await settle();
  assert.equal(syncs.length, 1);
  syncs.shift()!();
  await Promise.all(others);
  assert.equal(await (await opened(t, disk)).users.count(), 5);
});

test("a disk that refuses is told: the change counts, and a power cut would undo it", async (t) => {
  const sync = async () => {
    throw Object.assign(new Error("input/output error"), { code: "EIO" });
  };
  const { store } = await temporaryStore(t, { sync });
  await assert.rejects(store.users.create({ name: "anna", password: "p" }), {
    code: "not-yet-written",
    message: /could not be brought to the disk \(EIO\): a power cut would undo it/,
  });
  assert.ok(await store.users.find("anna"));
});

test("a log that grows is copied into the database in good time, without a change by an administrator", async (t) => {
  const { store, disk, directory, clock } = await onDisk(t);
  const trace = [{ at: 0, from: "client" as const, layer: "pptp", text: "x".repeat(4000) }];
  const startedAt = clock.date().toISOString();
  for (let dial = 0; dial < 1500; dial++) {
    store.records.begin({ id: `a${dial}`, startedAt, clientAddress: "192.0.2.1" });
    store.records.update(`a${dial}`, {
      verdict: "connected",
      sessionId: `s${dial}`,
      endedAt: startedAt,
      trace,
    });
    await clock.advance(seconds(1));
  }
  for (const name of ["pacd.db", "pacd.db-wal", "secret.key"])
    copyFileSync(join(directory, name), join(disk, name));
  const { size } = statSync(join(disk, "pacd.db-wal"));
  assert.ok(size < 5 << 20, `${size} octets`);
  const { attempts } = await opened(t, disk);
  assert.equal((await attempts.list({ limit: 1000 })).items.length, 1000);
});

const skip = needs({ programs: ["strace"] });

test("the system calls: the log is on the disk before the answer goes out", { skip }, (t) => {
  const trace = join(temporaryDirectory(t), "trace");
  const program = fileURLToPath(new URL("inside/acknowledged.ts", import.meta.url));
  const calls = "trace=fsync,fdatasync,pwrite64,write,writev,sendmsg,sendto";
  const run = spawnSync("strace", ["-f", "-y", "-o", trace, "-e", calls, process.execPath, program], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  const seen = readFileSync(trace, "utf8")
    .split("\n")
    .flatMap((line) => {
      if (/pwrite64\(.*pacd\.db-wal>/.test(line)) return ["log"];
      // One that another thread's call interrupts is two lines, the second of which says that it is done.
      if (/f(data)?sync\(.*pacd\.db-wal>\) += 0|<\.\.\. fdatasync resumed>.* = 0/.test(line)) return ["sync"];
      return /"HTTP\/1\.1 201 /.test(line) ? ["answer"] : [];
    });
  const answers = seen.flatMap((what, at) => (what === "answer" ? [at] : []));
  assert.equal(answers.length, 2, seen.join(" "));
  for (const at of answers) {
    assert.ok(seen.lastIndexOf("log", at) >= 0);
    assert.ok(seen.lastIndexOf("sync", at) > seen.lastIndexOf("log", at), seen.join(" "));
  }
});
