import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Capture } from "../support/lab/capture.ts";
import { dialsOf, retransmissions } from "../support/lab/dials.ts";
import { dissect } from "../support/lab/dissect.ts";
import { OFFICE_ADDRESS } from "../support/lab/lab.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import { complaints } from "../support/lab/tshark.ts";
import { until } from "../support/lab/until.ts";
import type { Credentials } from "../support/lab/vpn-client.ts";

/** Words for pppd, and what the client is then like. */
const COMES_UP: readonly { readonly options: string; readonly as?: Credentials }[] = [
  { options: "noaccomp nopcomp default-asyncmap nomagic" },
  { options: "default-mru multilink mrru 1600 endpoint local:70.61.63" },
  { options: "mppe-stateful +ipv6 receive-all lcp-echo-interval 1 lcp-echo-failure 3" },
  { options: "10.77.0.50:10.1.1.1 ipcp-accept-local ipcp-accept-remote" },
  { options: "bsdcomp 12 deflate 12", as: { ...ALICE, user: "OFFICE\\alice" } },
  { options: "mru 576 mtu 576" },
  { options: "mru 1500 mtu 1500" },
];

const REFUSED = [
  { options: "nomppe", verdict: "mppe-refused" },
  { options: "nomppe-128 require-mppe-40", verdict: "mppe-refused" },
  { options: "refuse-mschap-v2", verdict: "auth-protocol-refused" },
  { options: "10.77.0.50:", verdict: "ipcp-not-agreed" },
] as const;

/**
 * A dial that waited for a restart timer takes 3 s (RFC 1661 §4.6); one whose goodbye waited for a grace, 2
 * s.
 */
const AT_ONCE_MS = 1500;

// One story: a capture runs from the first dial to the last.
describe("a pppd with other options", () => {
  const scene = useScene(1);
  let capture: Capture;

  for (const { options, as } of COMES_UP) {
    test(`"${options}" comes up and carries packets of any size`, async () => {
      capture ??= await scene.lab.capture();
      const client = scene.clients[0]!;
      await client.connect(as ?? ALICE, options);
      const ping = await client.guest.must("ping -c 2 -i 0.1 -W 2 -s 3000 10.77.0.1");
      assert.match(ping, /2 received/);
      if (options.startsWith("mru 576")) {
        const sha256 = await scene.office.ask("serveFile", { port: 80, size: 1 << 20 });
        const sum = `busybox wget -q -O - http://${OFFICE_ADDRESS}/file | busybox sha256sum`;
        assert.ok((await client.guest.must(sum)).startsWith(sha256));
      }
      await client.hangUp();
    });
  }

  test("none of them waited for a timer, and tshark has nothing to object to", async () => {
    const dials = dialsOf(scene.clients[0]!.guest.address, dissect(await capture.stop()));
    assert.equal(dials.length, COMES_UP.length);
    assert.deepEqual(dials.flatMap(retransmissions), []);
    for (const { setupMs } of dials) assert.ok(setupMs < AT_ONCE_MS, `${setupMs} ms`);
    assert.equal(await complaints(scene.lab, capture.bytes()), "");
  });

  for (const { options, verdict } of REFUSED) {
    test(`"${options}" is told at once, and the attempt says ${verdict}`, async () => {
      const dialling = await scene.lab.capture();
      const { code, log } = await scene.clients[0]!.dial(ALICE, options);
      assert.notEqual(code, 0, log);
      const attempt = await until("the verdict", async () => {
        const [last] = (await scene.pacd.api("GET", "/api/v1/attempts?limit=1")).body.items;
        return last.endedAt !== null && last;
      });
      assert.equal(attempt.verdict.code, verdict, log);
      const seen = dissect(await dialling.stop());
      const time = (name: string) => seen.find(({ what }) => what === name)!.at;
      const took = time("Call-Disconnect-Notify") - time("Outgoing-Call-Request");
      assert.ok(took < AT_ONCE_MS, `${took} ms`);
    });
  }

  test("a pptp that is killed leaves no session behind, and its address is free", async () => {
    const client = scene.clients[0]!;
    await client.connect(ALICE);
    await client.guest.must("kill -KILL $(pidof pptp)");
    await until("the end of the session", async () => (await scene.pacd.sessions()).length === 0, 2000);
    const { addressesFree, addressesTotal } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    assert.equal(addressesFree, addressesTotal);
    await client.lost();
    const [attempt] = (await scene.pacd.api("GET", "/api/v1/attempts?limit=1")).body.items;
    assert.equal(attempt.verdict.code, "control-lost");
  });
});
