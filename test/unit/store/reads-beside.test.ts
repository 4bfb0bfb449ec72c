import assert from "node:assert/strict";
import { test } from "node:test";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const added = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    kind: "user" as const,
    do: "create" as const,
    user: { name: `user-${i}`, password: "p" },
  }));

test("a log-in does not wait until many users are written, and sees what is committed", async (t) => {
  const { store } = await temporaryStore(t, { ntHash: ntPasswordHash });
  await store.users.create({ name: "anna", password: "p" });
  let written = false;
  const writing = store.users
    .write([...added(100), { kind: "user", do: "remove", ref: "anna" }], { atomic: true, dryRun: false })
    .then((report) => {
      written = true;
      return report;
    });
  const meanwhile = [];
  while (!written && meanwhile.length < 3) {
    meanwhile.push(await store.users.credentials("anna"));
    assert.equal(await store.users.credentials("user-0"), undefined);
  }
  assert.equal(written, false);
  assert.deepEqual(
    meanwhile.map((one) => one?.user.name),
    ["anna", "anna", "anna"],
  );
  assert.equal((await writing).stored, true);
  assert.equal(await store.users.credentials("anna"), undefined);
  assert.equal((await store.users.credentials("user-99"))?.user.name, "user-99");
});

test("what is taken back was never seen by a log-in", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ name: "anna", password: "p" });
  const writes = [...added(50), { kind: "user" as const, do: "remove" as const, ref: "nobody" }];
  const writing = store.users.write(writes, { atomic: true, dryRun: false });
  assert.equal(await store.users.credentials("user-0"), undefined);
  assert.equal((await writing).stored, false);
  assert.equal(await store.users.credentials("user-0"), undefined);
  assert.equal((await store.users.credentials("anna"))?.user.name, "anna");
});
