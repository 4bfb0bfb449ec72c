import assert from "node:assert/strict";
import { describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { OFFICE_ADDRESS, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { DNS } from "../support/lab/pacd.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import { until } from "../support/lab/until.ts";
import type { Dial, VpnClient } from "../support/lab/vpn-client.ts";

const FILE = 20 << 20;
/** IPCP and CCP packets of one session, each way, and some more. */
const HANDFUL = 10;

const SHA256_OF = /^([0-9a-f]{64}) /m;

// The tests of this suite are one story: each goes on where the one before it ended.
describe("a session of pptp-linux and pppd", () => {
  const scene = useScene(1);
  let dial: Dial;
  let fileHash = "";
  const client = (): VpnClient => scene.clients[0]!;

  test("the client logs in with MS-CHAPv2 and agrees on MPPE-128, stateless", async () => {
    fileHash = await scene.office.ask("serveFile", { port: 80, size: FILE });
    dial = await client().connect(ALICE);
    assert.match(dial.log, /<auth chap MS-v2>/);
    assert.match(dial.log, /CHAP authentication succeeded/);
    assert.match(dial.log, /MPPE 128-bit stateless compression enabled/);
  });

  test("it gets address and name servers by IPCP Nak", () => {
    const servers = `<ms-dns1 ${DNS[0]}> <ms-dns2 ${DNS[1]}>`;
    assert.match(dial.log, new RegExp(`rcvd \\[IPCP ConfNak id=\\w+ <addr 10\\.77\\.0\\.10> ${servers}\\]`));
    assert.match(dial.log, /local {2}IP address 10\.77\.0\.10\b/);
    assert.match(dial.log, /remote IP address 10\.77\.0\.1\b/);
    assert.match(dial.log, new RegExp(`primary {3}DNS address ${DNS[0]}`));
    assert.match(dial.log, new RegExp(`secondary DNS address ${DNS[1]}`));
  });

  test("it pings the concentrator; the first packet arrives as well", async () => {
    assert.match(await client().guest.must("ping -c 5 -i 0.1 -W 2 10.77.0.1"), /5 received, 0% packet loss/);
  });

  test("20 MB come over HTTP from a host behind NAT with an equal checksum", async () => {
    const said = await client().guest.must(
      `busybox wget -q -O /tmp/file http://${OFFICE_ADDRESS}/file && busybox sha256sum /tmp/file`,
    );
    assert.equal(SHA256_OF.exec(said)?.[1], fileHash);
  });

  test("20 MB go up with an equal checksum, and the host sees the address of the gateway", async () => {
    const head = `POST /upload HTTP/1.1\\r\\nHost: office\\r\\nContent-Length: ${FILE}\\r\\nConnection: close\\r\\n\\r\\n`;
    await client().guest.must(`{ printf '${head}'; cat /tmp/file; } | busybox nc ${OFFICE_ADDRESS} 80`);
    assert.deepEqual(await scene.office.ask("uploads"), [{ size: FILE, sha256: fileHash, from: "10.8.0.1" }]);
  });

  /**
   * The session, once the last packets of an earlier TCP connection have passed: its counters stand still.
   */
  const quiet = async () => {
    let [last] = await scene.pacd.sessions();
    await until("counters that stand still", async () => {
      await client().guest.must("busybox usleep 200000");
      const [now] = await scene.pacd.sessions();
      const still = now.rxPackets === last.rxPackets && now.txPackets === last.txPackets;
      last = now;
      return still;
    });
    return last;
  };

  test("the API shows the session with the client's own counters", async () => {
    const seen = await client().counters();
    const [session, ...others] = await scene.pacd.sessions();
    assert.deepEqual(others, []);
    assert.equal(session.user, "alice");
    assert.equal(session.clientAddress, client().guest.address);
    assert.equal(session.assignedAddress, "10.77.0.10");
    assert.equal(session.encryption, "mppe-128-stateless");
    // What the slow guest loses on its way in, TCP has sent again: the server counts both.
    // The client's kernel counts its IPCP and CCP packets as well, a handful each way.
    const counts = `${session.txPackets} to ${seen.rxPackets}, ${session.rxPackets} from ${seen.txPackets}`;
    assert.ok(session.txPackets >= seen.rxPackets - HANDFUL, counts);
    assert.ok(session.txPackets < 1.1 * seen.rxPackets, counts);
    assert.ok(session.rxPackets <= seen.txPackets && session.rxPackets > 0.9 * seen.txPackets, counts);
    assert.ok(session.txBytes > FILE && session.rxBytes > FILE);
  });

  test("ten pings count as ten packets of 84 octets each way, to the octet", async () => {
    const before = await quiet();
    await client().guest.must("ping -c 10 -i 0.05 -W 5 10.77.0.1");
    const after = await quiet();
    for (const way of ["rx", "tx"]) {
      assert.equal(after[`${way}Packets`] - before[`${way}Packets`], 10);
      assert.equal(after[`${way}Bytes`] - before[`${way}Bytes`], 10 * 84);
    }
  });

  test("DELETE ends it with LCP Terminate and Call-Disconnect-Notify", async () => {
    const [{ id }] = await scene.pacd.sessions();
    const capture = await scene.lab.capture();
    assert.equal((await scene.pacd.api("DELETE", `/api/v1/sessions/${id}`)).status, 204);
    assert.match(await client().lost(), /rcvd \[LCP TermReq/);
    const farewell = dissect(await capture.stop())
      .filter(({ from }) => from === SERVER_ADDRESS)
      .map(({ what }) => what);
    assert.ok(farewell.includes("LCP Terminate-Request"), farewell.join());
    assert.ok(farewell.includes("Call-Disconnect-Notify"), farewell.join());
    assert.equal(
      (await scene.pacd.api("GET", `/api/v1/sessions/${id}`)).body.endReason,
      "disconnected-by-administrator",
    );
    assert.deepEqual(await scene.pacd.sessions(), []);
  });

  test("its address is free again at once, and it dials again", async () => {
    const { addressesFree, addressesTotal } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    assert.deepEqual([addressesFree, addressesTotal], [2, 2]);
    assert.match((await client().connect(ALICE)).log, /local {2}IP address 10\.77\.0\.1[01]\b/);
  });

  test("hanging up ends the session at once, and the dial is on record", async () => {
    const [{ id, attemptId }] = await scene.pacd.sessions();
    await client().hangUp();
    await until("the end of the session", async () => (await scene.pacd.sessions()).length === 0, 2000);
    const attempt = (await scene.pacd.api("GET", `/api/v1/attempts/${attemptId}`)).body;
    assert.equal(attempt.verdict.code, "client-hung-up");
    assert.equal(attempt.sessionId, id);
    assert.ok(attempt.trace.length > 10);
    assert.ok(!JSON.stringify(attempt).includes(ALICE.password));
  });
});
