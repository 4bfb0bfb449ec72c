import assert from "node:assert/strict";
import { describe } from "node:test";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import type { VpnClient } from "../support/lab/vpn-client.ts";

// One story: alice is looked into while she is connected, and after it.
describe("insight into a session of pptp-linux and pppd", () => {
  const scene = useScene(1);
  const client = (): VpnClient => scene.clients[0]!;
  let id = "";

  const details = async () => (await scene.pacd.api("GET", `/api/v1/sessions/${id}`)).body;

  test("its packets are timed to their acknowledgements, and counted by their numbers", async () => {
    await client().connect(ALICE);
    [{ id }] = await scene.pacd.sessions();
    await client().guest.must("ping -c 10 -i 0.2 -W 2 10.77.0.1");
    const { link } = await details();
    assert.ok(link.roundTripMs > 0 && link.roundTripMs < 1000, `${link.roundTripMs} ms`);
    assert.ok(link.leastRoundTripMs > 0 && link.leastRoundTripMs <= link.roundTripMs * 8);
    assert.ok(link.roundTrips >= 5, `${link.roundTrips} were timed`);
    // Ten pings, and what the two have negotiated before; acknowledgements alone have no number.
    assert.ok(link.arrived >= 16, `${link.arrived} packets came`);
    assert.deepEqual([link.lost, link.late, link.duplicates], [0, 0, 0]);
  });

  test("it says who it is, and pacd what was agreed and how it logged in", async () => {
    const { client: who, live } = await details();
    assert.deepEqual(
      [who.kind, who.hostName, who.vendorName, who.computerName],
      ["pptp-linux", "local", "cananian", null],
    );
    assert.equal(live.logInMethod, "ms-chap-v2");
    assert.match(live.agreed.ccp.byClient[0].value, /^01000040/);
    assert.deepEqual(live.policy.from.rateDown, "default");
    assert.ok(live.rate.rxPacketsPerSecond > 0);
  });

  test("a link of 40 ms takes 40 ms and more", async () => {
    await client().guest.must(`
      busybox insmod "$(busybox find "/usr/lib/uml/modules/$(uname -r)" -name sch_netem.ko)" 2>/dev/null
      tc qdisc replace dev eth0 root netem delay 40ms && ping -c 20 -i 0.2 -W 2 10.77.0.1`);
    const { link } = await details();
    // An eighth of each sample counts; a busy host takes its time on both ends.
    assert.ok(link.roundTripMs > 30 && link.roundTripMs < 1000, `${link.roundTripMs} ms`);
    await client().guest.must("tc qdisc del dev eth0 root");
  });

  test("what is left when it has ended is who it was, when it was used last, and the link", async () => {
    const before = await details();
    await client().hangUp();
    const after = await details();
    assert.deepEqual([after.state, after.live, after.client.kind], ["ended", null, "pptp-linux"]);
    assert.equal(after.lastActivity, before.lastActivity);
    assert.ok(after.link.arrived >= before.link.arrived);
    assert.ok(after.link.roundTripMs > 0);
  });
});
