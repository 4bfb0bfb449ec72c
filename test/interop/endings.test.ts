import assert from "node:assert/strict";
import { describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { SERVER_ADDRESS } from "../support/lab/lab.ts";
import { Pacd } from "../support/lab/pacd.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, BOB, useScene } from "../support/lab/scene.ts";

// One story: two clients, a stop, a crash.
describe("two clients, and the ends of the server", () => {
  const scene = useScene(2);
  let ids: string[] = [];

  const tables = () => scene.lab.namespace.run("nft", "list", "tables");
  const links = () => scene.lab.namespace.ip("-o link show");
  const dialBoth = async () => {
    const [one, other] = scene.clients;
    await Promise.all([one!.connect(ALICE), other!.connect(BOB)]);
    ids = (await scene.pacd.sessions()).map(({ id }) => id);
    assert.equal(ids.length, 2);
  };
  const records = () =>
    Promise.all(ids.map(async (id) => (await scene.pacd.api("GET", `/api/v1/sessions/${id}`)).body));

  test("two clients dial at once, have an address each and reach each other", async () => {
    await dialBoth();
    const addresses = (await scene.pacd.sessions()).map(({ assignedAddress }) => assignedAddress);
    assert.deepEqual(addresses.toSorted(), ["10.77.0.10", "10.77.0.11"]);
    await Promise.all(scene.clients.map(({ guest }) => guest.must("ping -c 3 -i 0.1 -W 2 10.77.0.1")));
  });

  test("SIGTERM: each client gets a Call-Disconnect-Notify; TUN, nft table and port are gone", async () => {
    assert.match(await tables(), /inet pacd/);
    assert.match(await links(), /pac0/);
    const capture = await scene.lab.capture();
    assert.equal(await scene.pacd.stop("SIGTERM"), 0);
    await Promise.all(scene.clients.map((client) => client.lost()));
    const told = dissect(await capture.stop())
      .filter(({ what, from }) => what === "Call-Disconnect-Notify" && from === SERVER_ADDRESS)
      .map(({ to }) => to);
    assert.deepEqual(told.toSorted(), scene.clients.map(({ guest }) => guest.address).toSorted());
    assert.doesNotMatch(await tables(), /inet pacd/);
    assert.doesNotMatch(await links(), /pac0/);
    await assert.rejects(
      scene.lab.resident.ask("openSilent", { host: SERVER_ADDRESS, port: 1723, count: 1 }),
      /ECONNREFUSED/,
    );
  });

  test("the next start knows both sessions as ended by the stop, with their counters", async () => {
    scene.pacd = await Pacd.start(scene.lab);
    for (const record of await records()) {
      assert.equal(record.state, "ended");
      assert.equal(record.endReason, "server-stopped");
      assert.ok(record.disconnectedAt > record.connectedAt);
      assert.ok(record.rxPackets >= 3 && record.txPackets >= 3);
    }
  });

  test("after kill -9 the next start closes what was open and replaces the stale nft rules", async () => {
    await dialBoth();
    await scene.pacd.stop("SIGKILL");
    const stale = await scene.lab.namespace.run("nft", "-a", "list", "table", "inet", "pacd_pac0");
    assert.match(stale, /masquerade/);
    await Promise.all(scene.clients.map((client) => client.lost()));
    scene.pacd = await Pacd.start(scene.lab);
    assert.deepEqual(await scene.pacd.sessions(), []);
    for (const record of await records()) assert.equal(record.endReason, "server-crashed");
    const fresh = await scene.lab.namespace.run("nft", "-a", "list", "table", "inet", "pacd_pac0");
    assert.equal(fresh.match(/ip saddr .* masquerade/g)?.length, 1);
    assert.equal((await scene.pacd.api("GET", "/api/v1/users")).body.items.length, 2);
  });

  test("both clients get in again after the crash", async () => {
    await dialBoth();
    await Promise.all(scene.clients.map((client) => client.hangUp()));
    assert.equal(await scene.pacd.stop("SIGTERM"), 0);
  });
});
