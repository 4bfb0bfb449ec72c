import assert from "node:assert/strict";
import { test } from "node:test";
import { ALICE, client, withAliceUp } from "./dials.ts";
import type { TestWithOutcome } from "./failed-dials.ts";
import { createWorld, type World } from "./world.ts";

/** What a test with this world prints when it has ended. */
async function printed(passed: boolean, play: (world: World) => Promise<unknown>): Promise<string> {
  const hooks: (() => unknown)[] = [];
  const said: string[] = [];
  const context: Partial<TestWithOutcome> = {
    passed,
    after: (hook) => void hooks.push(hook as () => unknown),
    diagnostic: (text) => void said.push(text),
  };
  await play(await createWorld(context as TestWithOutcome));
  for (const hook of hooks) await hook();
  return said.join("\n");
}

test("a test that passes prints nothing", async () => {
  assert.equal(await printed(true, withAliceUp), "");
});

test("one that fails prints the ladder of each dial, in the order they came, and the log", async () => {
  const said = await printed(false, async (world) => {
    await withAliceUp(world);
    const second = client(world, {}, "198.51.100.8");
    second.dial();
    await world.settle();
    second.hangUp();
    await world.settle();
    world.errors.push("the database is gone");
  });
  const [, first = "", second = "", ...more] = said.split(/^Dial /m);
  assert.deepEqual(more, []);
  assert.match(first, /198\.51\.100\.7 → pacd/);
  assert.match(first, /│─ PPTP Outgoing-Call-Request .*▶│/);
  assert.match(first, /│◀─* IPCP Configure-Ack id=4 address=10\.77\.0\.10 ─│/);
  assert.match(first, /^! +It was not over when the test failed\./m);
  assert.match(second, /198\.51\.100\.8 → pacd/);
  assert.match(second, /\(client-hung-up\)/);
  assert.doesNotMatch(second, /It was not over/);
  assert.match(second, /^log, error: the database is gone$/m);
});

test("a dial that waits for its client has its ladder as well", async () => {
  const said = await printed(false, async (world) => {
    await world.store.users.create(ALICE);
    const silent = client(world);
    silent.dial();
    world.receivers.clear();
    await world.settle();
  });
  assert.match(said, /LCP Configure-Request id=1/);
  assert.match(said, /It was not over when the test failed\./);
});

test("of many dials the newest are drawn", async () => {
  const said = await printed(false, async (world) => {
    await world.store.users.create(ALICE);
    for (let last = 1; last <= 10; last += 1) {
      client(world, {}, `198.51.100.${last}`).dial();
      await world.settle();
    }
  });
  const from = [...said.matchAll(/^Dial .*: 198\.51\.100\.(\d+) /gm)].map((match) => Number(match[1]));
  assert.deepEqual(from, [3, 4, 5, 6, 7, 8, 9, 10]);
  assert.match(said, /Of many dials the last 8:/);
});

test("where nobody dialled it says so, and a store that cannot be read spoils nothing", async () => {
  assert.match(await printed(false, async () => {}), /No dial has got as far as an Outgoing-Call-Request\./);
  const said = await printed(false, async (world) => {
    world.store.attempts.list = () => Promise.reject(new Error("no such table"));
  });
  assert.match(said, /The dials could not be drawn: Error: no such table/);
});
