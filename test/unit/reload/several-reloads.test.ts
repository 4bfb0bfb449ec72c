import assert from "node:assert/strict";
import { test } from "node:test";
import { POOL, parsed, reloadedServer as server } from "../../support/reloaded-server.ts";

test("two at once are done one after the other", async () => {
  const { did, disk, reloader } = server();
  disk.toml = POOL;
  const first = reloader.reload(false);
  const second = reloader.reload(false);
  disk.toml = '[log]\nlevel = "debug"';
  await Promise.all([first, second]);
  assert.deepEqual(
    did.filter((line) => line === "begun" || line === "over"),
    ["begun", "over", "begun", "over"],
  );
});

test("a refused one does not keep the next one from being tried", async () => {
  const { disk, reloader } = server();
  disk.toml = "x";
  const first = reloader.reload(false);
  await assert.rejects(first);
  disk.toml = POOL;
  assert.equal((await reloader.reload(false)).changes.length, 1);
});

test("a hundred signals are one reload, and a hundred during one are one more, which sees the last file", async () => {
  const { disk, running, reloader } = server();
  for (let i = 0; i < 100; i++) reloader.signalled();
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  disk.reading = () => {
    begun.resolve();
    return held.promise;
  };
  await begun.promise;
  for (let i = 0; i < 100; i++) reloader.signalled();
  held.resolve();
  disk.toml = POOL;
  await reloader.reload(true);
  assert.equal(disk.reads, 3, "one for the signals, one for those during it, and the dry run");
  assert.deepEqual(running.config, parsed(POOL));
});

test("a signal whose file is refused is told to the log and rejects nowhere", async () => {
  const { disk, holding, logged, reloader } = server();
  disk.toml = "half = ";
  reloader.signalled();
  await assert.rejects(reloader.reload(true));
  assert.deepEqual(holding(), ["configuration-refused"]);
  assert.match(logged[0]!, /pacd\.toml:1: column/);
});

test("when pacd stops, the one under way is waited for, and none begins", async () => {
  const { did, disk, reloader } = server();
  disk.toml = POOL;
  const under = reloader.reload(false);
  const late = reloader.reload(false);
  await Promise.resolve();
  await Promise.resolve();
  const closed = reloader.close();
  reloader.signalled();
  await assert.rejects(late, { code: "unavailable" });
  await under;
  await closed;
  assert.equal(did.filter((line) => line === "begun").length, 1);
});
