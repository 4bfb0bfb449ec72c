import assert from "node:assert/strict";
import { describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { HOME_ADDRESS } from "../support/lab/lab.ts";
import type { Namespace } from "../support/lab/namespace.ts";
import { before, test } from "../support/lab/real-client.ts";
import { askForSameCallId, SAME_CALL_ID } from "../support/lab/same-call-id.ts";
import { ALICE, BOB, useScene } from "../support/lab/scene.ts";
import { VpnClient } from "../support/lab/vpn-client.ts";

// One story: two clients in one home.
describe("clients behind a router that knows PPTP", () => {
  const scene = useScene(0);
  let home: Namespace;
  let clients: VpnClient[] = [];
  before(async () => {
    const { namespace, guests } = await scene.lab.home(2);
    home = namespace;
    clients = guests.map((guest) => new VpnClient(guest));
  });

  test("one client comes up, is seen at the router's address and carries packets", async () => {
    const [one] = clients;
    await one!.connect(ALICE);
    assert.match(await one!.guest.must("ping -c 3 -i 0.1 -W 2 10.77.0.1"), /3 received/);
    const [session] = await scene.pacd.sessions();
    assert.equal(session.clientAddress, HOME_ADDRESS);
    await one!.hangUp();
  });

  test("two clients that ask for one call ID are up at the same time, and each gets its own packets", async () => {
    const capture = await scene.lab.capture(home);
    for (const client of clients) await askForSameCallId(client);
    await Promise.all([clients[0]!.connect(ALICE), clients[1]!.connect(BOB)]);
    const { drops: before } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    const pings = await Promise.all(
      clients.map(({ guest }) => guest.must("ping -c 10 -i 0.05 -W 2 -s 700 10.77.0.1")),
    );
    for (const said of pings) assert.match(said, /10 received, 0% packet loss/);
    const sessions = await scene.pacd.sessions();
    assert.deepEqual(
      sessions.map(({ clientAddress }) => clientAddress),
      [HOME_ADDRESS, HOME_ADDRESS],
    );
    for (const { rxPackets } of sessions) assert.ok(rxPackets >= 10);
    const { drops } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    assert.deepEqual(drops, before);
    const asked = dissect(await capture.stop()).filter(({ what }) => what === "Outgoing-Call-Request");
    assert.deepEqual(
      asked.map(({ body }) => body.readUInt16BE(0)),
      [SAME_CALL_ID, SAME_CALL_ID],
    );
    await Promise.all(clients.map((client) => client.hangUp()));
  });
});
