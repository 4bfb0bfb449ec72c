import assert from "node:assert/strict";
import { describe } from "node:test";
import { heal, impair } from "../support/lab/impairment.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, BOB, useScene } from "../support/lab/scene.ts";
import { download, serveFile } from "../support/lab/transfer.ts";
import { until } from "../support/lab/until.ts";
import { AUTHENTICATION_FAILED, type VpnClient } from "../support/lab/vpn-client.ts";

const FILE = 1 << 20;

// One story: alice dials on ever other networks, while bob's link has been cut.
describe("clients on bad networks", () => {
  const scene = useScene(2);
  const client = (): VpnClient => scene.clients[0]!;
  let cutAttempt = "";

  test("a link is cut without a goodbye", async () => {
    const other = scene.clients[1]!;
    await other.connect(BOB);
    [{ attemptId: cutAttempt }] = await scene.pacd.sessions();
    await other.guest.must("ip link set eth0 down");
  });

  test("a wrong password is refused as such, and the right one right after it is let in", async () => {
    const { code, log } = await client().dial({ ...ALICE, password: "wrong" });
    assert.equal(code, AUTHENTICATION_FAILED, log);
    assert.match(log, /E=691 R=0/);
    await client().connect(ALICE);
    await client().hangUp();
  });

  test("5 % loss and packets that overtake each other: ten dials come up, a file arrives whole", async () => {
    const sha256 = await serveFile(scene.office, FILE);
    await impair(client().guest, { loss: 5, jitter: 5 });
    for (let dial = 0; dial < 10; dial += 1) {
      await client().connect(ALICE);
      if (dial < 9) await client().hangUp();
    }
    // The client may be up before the server is, and then begins IPCP once more.
    const isUp = async (): Promise<boolean> =>
      (await scene.pacd.sessions()).some(({ user }: { user: string }) => user === ALICE.user);
    await until("the tenth session", isUp);
    await client().routed();
    await download(client(), sha256);
    const { drops } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    assert.equal(drops["mppe-garbage"], 0);
    await heal(client().guest);
    await client().hangUp();
  });

  test("the cut link ended by the keep-alive, which says so, and its address is free", async () => {
    await until(
      "the end of the cut session",
      async () => (await scene.pacd.sessions()).length === 0,
      120_000,
    );
    const { verdict } = (await scene.pacd.api("GET", `/api/v1/attempts/${cutAttempt}`)).body;
    assert.equal(verdict.code, "link-lost");
    const { addressesFree, addressesTotal } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    assert.equal(addressesFree, addressesTotal);
  });
});
