import assert from "node:assert/strict";
import { test } from "node:test";
import { ALICE, BOB, client } from "./dials.ts";
import { createWorld } from "./world.ts";

test("sessions of a group end with what the administrator said, and others stay", async (t) => {
  const world = await createWorld(t);
  await world.store.groups.create({ name: "Sales" });
  await world.store.users.create({ ...ALICE, group: "sales" });
  await world.store.users.create(BOB);
  client(world).dial();
  client(world, { user: BOB.name, password: BOB.password }, "198.51.100.8").dial();
  await world.settle();
  assert.equal(world.concentrator.sessions().length, 2);
  const [chosen] = world.concentrator.chosen({ group: "SALES" });
  assert.equal(chosen!.user, "alice");
  const ending = world.concentrator.endSessions({ group: "sales" }, 'the "cable" is cut');
  await world.clock.advance(3000);
  assert.deepEqual(
    (await ending).map(({ id }) => id),
    [chosen!.id],
  );
  assert.deepEqual(
    world.concentrator.sessions().map(({ user }) => user),
    ["bob"],
  );
  const dial = (await world.store.attempts.find(chosen!.attemptId))!;
  assert.equal(dial.verdict, "disconnected-by-administrator");
  assert.equal(dial.evidence, 'An administrator asked for it over the API: "the \\"cable\\" is cut".');
});

test("forty sessions end in slices: somebody else comes up meanwhile", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, maxSessions: 100 });
  await world.store.users.create(BOB);
  for (let i = 0; i < 40; i += 1) {
    client(world, {}, `198.51.100.${10 + i}`).dial();
    await world.settle();
  }
  assert.equal(world.concentrator.sessions().length, 40);
  let over = false;
  const ending = world.concentrator.endSessions({ user: "alice" }).finally(() => {
    over = true;
  });
  assert.equal(world.concentrator.chosen({ all: true }).length, 30, "ten in the first turn");
  const bob = client(world, { user: BOB.name, password: BOB.password }, "198.51.100.8");
  bob.dial();
  await world.clock.advance(3000);
  assert.equal((await ending).length, 40);
  assert.ok(over && bob.up);
  assert.deepEqual(
    world.concentrator.sessions().map(({ user }) => user),
    ["bob"],
  );
});
