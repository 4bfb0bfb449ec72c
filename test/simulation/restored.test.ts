import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { tokenHash } from "../../admin-api/token-hash.ts";
import { restore } from "../../server/backup/restore.ts";
import { unpack } from "../../server/backup/unpack.ts";
import { backupOf, inPieces } from "../support/backup.ts";
import { temporaryDirectory } from "../support/temporary-store.ts";
import { ALICE, BOB, client, lastAttempt } from "./dials.ts";
import { perfect } from "./lossy-link.ts";
import { createWorld, type World } from "./world.ts";

const same = (config: World["config"]) => config;

test("restored on another host, every user dials in with the password of before, also while alice was connected", async (t) => {
  const before = await createWorld(t);
  await before.store.users.create({ ...ALICE, staticAddress: "10.77.0.20" });
  await before.store.users.create({ ...BOB, enabled: false });
  await before.store.tokens.put("admin", tokenHash("a token"));
  const caller = client(before);
  caller.dial();
  await before.settle();
  assert.ok(caller.up);
  const backup = await backupOf(before.store, before.directory);

  const directory = join(temporaryDirectory(t), "state");
  await restore({ directory, force: false, clock: before.clock }, (staging) =>
    unpack(inPieces(backup), staging, async () => undefined),
  );
  const after = await createWorld(t, same, perfect, { directory });
  // Chance never repeats itself as this one would.
  for (let used = 0; used < 100; used++) after.random.uuid();
  // The session that was up in the backup is not up here.
  assert.equal((await after.store.recover("server-crashed", "2030-01-02T00:00:00.000Z")).sessions, 1);
  const again = client(after);
  again.dial();
  await after.settle();
  assert.ok(again.up, again.seen.join(", "));
  assert.equal(after.concentrator.sessions()[0]?.assignedAddress, "10.77.0.20");
  const wrong = client(after, { password: "another" });
  wrong.dial();
  await after.clock.advance(10_000);
  assert.equal((await lastAttempt(after)).verdict, "bad-credentials");
  const bob = client(after, { user: BOB.name, password: BOB.password });
  bob.dial();
  await after.clock.advance(10_000);
  assert.equal((await lastAttempt(after)).verdict, "user-disabled");
  assert.ok(after.store.tokens.has(tokenHash("a token")));
  assert.deepEqual(after.errors, []);
});
