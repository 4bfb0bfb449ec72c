import assert from "node:assert/strict";
import { test } from "node:test";
import { Undo } from "../../server/undo.ts";

test("what was opened last is closed first", async () => {
  const undo = new Undo();
  const closed: string[] = [];
  for (const part of ["store", "listener", "worker"]) undo.add(() => void closed.push(part));
  await undo.run();
  assert.deepEqual(closed, ["worker", "listener", "store"]);
});

test("a step that fails keeps no other from running, and its failure comes at the end", async () => {
  const undo = new Undo();
  const closed: string[] = [];
  undo.add(() => void closed.push("store"));
  undo.add(() => Promise.reject(new Error("nft refused")));
  await assert.rejects(undo.run(), /nft refused/);
  assert.deepEqual(closed, ["store"]);
});

test("running twice closes once", async () => {
  const undo = new Undo();
  let count = 0;
  undo.add(() => void count++);
  await Promise.all([undo.run(), undo.run()]);
  assert.equal(count, 1);
});
