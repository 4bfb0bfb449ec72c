import assert from "node:assert/strict";
import { test } from "node:test";
import { lastAttempt } from "./dials.ts";
import { finished, scene } from "./product-dial.ts";

// How `pacctl dial` tells the end of a tunnel that was up, and a server that hears nothing, or is not heard.

test("an administrator who ends the session is told of, and the exit code is 1", async (t) => {
  const { world, dial } = await scene(t);
  const run = dial(["--tun", "vpn0"]);
  await world.clock.advance(1000);
  const [session] = world.concentrator.sessions();
  const done = world.concentrator.disconnect(session!.id);
  const { code, out } = await finished(world, run);
  await done;
  assert.equal(code, 1);
  assert.match(
    out,
    /^END {3}Tunnel .*The tunnel was up for [01]\.\d s\. .*disconnected by the administrator/m,
  );
  assert.match(out, /^ended: hung-up-by-server$/m);
  assert.match(out, /A Windows client shows error 628 or 629\./);
  assert.doesNotMatch(out, /FAIL|failed/);
  const { verdict, setupMs } = await lastAttempt(world);
  assert.equal(verdict, "disconnected-by-administrator");
  assert.notEqual(setupMs, null);
});

test("the end of a tunnel that was up is one in JSON, too, whoever noticed it", async (t) => {
  const { world, host, dial } = await scene(t);
  const run = dial(["--tun", "vpn0", "--json"]);
  await world.clock.advance(90_010); // ten milliseconds of these are the dial's
  host.tcp!.onClosed?.();
  const { code, out } = await finished(world, run);
  assert.equal(code, 1);
  const { connected, failure, stages } = JSON.parse(out);
  assert.deepEqual(
    [connected, stages.length, failure.stage, failure.code],
    [true, 6, "tunnel", "connection-lost"],
  );
  assert.equal(failure.seen, "The tunnel was up for 1 min 30 s. TCP was closed.");
});

for (const [name, path, code, says] of [
  ["that never sends GRE", { up: true, down: false }, "gre-blocked", /No GRE packet came before\./],
  [
    "whose GRE comes from another address",
    { up: true, down: true, from: "192.0.2.99" },
    "gre-from-elsewhere",
    /GRE packets of this call came from 192\.0\.2\.99, and none from 192\.0\.2\.1\./,
  ],
] as const) {
  test(`a server ${name} and hangs up is told as ${code}, however early it does`, async (t) => {
    const { world, dial } = await scene(t, { path });
    const run = dial([]);
    await world.clock.advance(1000);
    const stopped = world.concentrator.shutDown();
    const { code: exit, out } = await finished(world, run);
    await stopped;
    assert.equal(exit, 1);
    assert.match(out, new RegExp(`^failed: ${code}$`, "m"));
    assert.match(out, says);
  });

  test(`a server ${name} and hangs up when nobody answers it is told as ${code}, too`, async (t) => {
    const { world, dial } = await scene(t, { path });
    const { out } = await finished(world, dial([]));
    assert.match(out, new RegExp(`^failed: ${code}$`, "m"));
    assert.match(out, says);
    assert.doesNotMatch(out, /had come/);
  });
}

test("a server that is heard and hangs up within a moment is not said to be deaf", async (t) => {
  const { world, dial } = await scene(t, { path: { up: false, down: true } });
  const run = dial([]);
  await world.clock.advance(1000);
  const stopped = world.concentrator.shutDown();
  const { out } = await finished(world, run);
  await stopped;
  assert.match(out, /^failed: hung-up-by-server$/m);
});
