import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { remarks } from "../../server/reload-remarks.ts";
import { temporaryStore } from "../support/temporary-store.ts";

const parsed = (toml: string) => parseConfig(toml, "/etc/pacd/pacd.toml");
const GUESTS = '[pools]\nguests = ["10.78.0.0/24"]\nstaff = ["10.79.0.0/24"]\n';

test("users whose pool goes are named, and how many there are", async (t) => {
  const { store } = await temporaryStore(t);
  const now = parsed(GUESTS);
  assert.deepEqual(await remarks(parsed(""), now, store), []);
  for (const name of ["anna", "bob"])
    await store.users.create({ name, password: "correct horse", pool: "guests" });
  await store.users.create({ name: "carl", password: "correct horse", pool: "staff" });
  await store.users.create({ name: "dora", password: "correct horse" });
  const next = parsed('[pools]\nstaff = ["10.79.0.0/24"]\n');
  assert.deepEqual(await remarks(next, now, store), [
    "2 users have a pool that is not there any more, and the next dial is refused: anna, bob. Give them another one: pacctl user set NAME --pool POOL, or --no-pool.",
  ]);
  assert.match((await remarks(parsed(""), now, store))[0]!, /^3 users have .*: anna, bob, carl\./);
  assert.deepEqual(await remarks(now, now, store), []);
  assert.deepEqual(await remarks(now, next, store), []);
});

test("what becomes weak is said, and what was weak before is not", async (t) => {
  const { store } = await temporaryStore(t);
  const weak = parsed("[security]\nmppe_strengths = [128, 40]");
  assert.deepEqual(await remarks(weak, parsed(""), store), [
    "MPPE with 40 bits is allowed: such a key is found by trying, within minutes.",
  ]);
  assert.deepEqual(await remarks(weak, weak, store), []);
});

test("a group that loses its pool is named, beside the users who had it from there", async (t) => {
  const { store } = await temporaryStore(t);
  const now = parsed('[pools]\nlab = ["10.78.0.0/24"]');
  await store.groups.create({ name: "lab", pool: "lab" });
  await store.groups.create({ name: "office" });
  await store.users.create({ name: "anna", password: "p", group: "lab" });
  await store.users.create({ name: "bob", password: "p", group: "lab", pool: null });
  const said = await remarks(parsed(""), now, store);
  assert.match(said[0]!, /^One user has a pool that is not there any more.*: anna\. /);
  assert.match(said[1]!, /^One group has a pool that is not there any more: lab\. /);
  assert.equal(said.length, 2);
});
