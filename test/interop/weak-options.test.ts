import assert from "node:assert/strict";
import { afterEach, describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { heal, impair } from "../support/lab/impairment.ts";
import { SERVER_ADDRESS } from "../support/lab/lab.ts";
import { before, test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import { statefulOnly } from "../support/lab/stateful-only.ts";
import { download, serveFile, upload } from "../support/lab/transfer.ts";
import { complaints } from "../support/lab/tshark.ts";
import type { VpnClient } from "../support/lab/vpn-client.ts";

const EVERYTHING = `
[security]
authentication = ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"]
mppe_strengths = [128, 56, 40]
mppe_stateful = true
`;

const FILE = 1 << 20;

/** May do without encryption. */
const OTTO = { user: "otto", password: "an old router" };
/** As OTTO, and the password is kept readable. */
const RITA = { user: "rita", password: "an older router" };
/** Must encrypt, and the password is kept readable. */
const REX = { user: "rex", password: "strict but readable" };

/** Words for a pppd that has one method only, and no MPPE. */
const CHAP_MD5 = "nomppe refuse-eap refuse-pap refuse-mschap refuse-mschap-v2";
const PAP = "nomppe refuse-eap refuse-chap refuse-mschap refuse-mschap-v2";

const SIZES = [0, 1, 8, 15, 63, 128, 511, 1000, 1364, 1372, 1472, 3000, 8000];
const PING = "ping -c 2 -i 0.1 -W 2 -s 3000 10.77.0.1";
/** One of three must come back for each size: the slow guest loses some on its way in. */
const PINGS = `for size in ${SIZES.join(" ")}; do ping -c 3 -i 0.05 -W 2 -s $size 10.77.0.1 >/dev/null || { echo "$size octets"; exit 1; }; done`;

// One story: a server that allows everything weak, and clients that make use of it, one after another.
describe("weak settings, for clients that have nothing better", () => {
  const scene = useScene(1, EVERYTHING);
  const client = (): VpnClient => scene.clients[0]!;
  const encryption = async () => (await scene.pacd.sessions())[0].encryption;
  let file = "";
  before(async () => {
    file = await serveFile(scene.office, FILE);
  });
  afterEach(() => scene.clients?.[0]?.hangUp());

  test("the status page names each of them, and the users who need not encrypt", async () => {
    const weak = async () => (await scene.pacd.api("GET", "/api/v1/status")).body.weakOptions as string[];
    const named = [
      /^MS-CHAPv1 /,
      /^CHAP-MD5 /,
      /^PAP /,
      /^MPPE with 56 bits /,
      /^MPPE with 40 bits /,
      /^Stateful MPPE /,
    ];
    const sentences = await weak();
    assert.equal(sentences.length, named.length, sentences.join("\n"));
    for (const [index, pattern] of named.entries()) assert.match(sentences[index]!, pattern);
    await scene.pacd.addUser(OTTO.user, OTTO.password, { encryption: "optional" });
    await scene.pacd.addUser(RITA.user, RITA.password, { encryption: "optional", recoverablePassword: true });
    await scene.pacd.addUser(REX.user, REX.password, { recoverablePassword: true });
    assert.match((await weak()).at(-1)!, /^2 users may connect without encryption: otto, rita\.$/);
  });

  test("stateful MPPE: packets of all sizes, and a file each way", async () => {
    const { log } = await client().connect(ALICE, await statefulOnly(client()));
    assert.match(log, /MPPE 128-bit stateful compression enabled/);
    assert.equal(await encryption(), "mppe-128-stateful");
    await client().guest.must(PINGS);
    await download(client(), file);
    await upload(client(), scene.office, file);
  });

  // Of TCP little is left meanwhile: each loss costs all packets until the reset, and pppd repeats a lost one
  // after 1 s.
  test("stateful MPPE under 5 % loss: resets pass both ways, and the session lives on", async (t) => {
    await client().connect(ALICE, await statefulOnly(client()));
    const capture = await scene.lab.capture();
    await impair(client().guest, { loss: 5, jitter: 5 });
    const { output } = await client().guest.run("ping -q -c 150 -i 0.03 -W 1 10.77.0.1");
    await heal(client().guest);
    const received = Number(/(\d+) received/.exec(output)?.[1]);
    assert.ok(received > 10 && received < 150, output);
    await download(client(), file);
    await upload(client(), scene.office, file);
    const seen = dissect(await capture.stop());
    for (const from of [SERVER_ADDRESS, client().guest.address]) {
      const [requests, acks] = ["CCP Reset-Request", "CCP Reset-Ack"].map(
        (what) => seen.filter((one) => one.what === what && one.from === from).length,
      );
      t.diagnostic(
        `of 150 pings ${received} came back; ${from} sent ${requests} Reset-Requests, ${acks} Reset-Acks`,
      );
      assert.ok(requests! > 0 && acks! > 0);
    }
    assert.equal(await complaints(scene.lab, capture.bytes()), "");
    const { drops } = (await scene.pacd.api("GET", "/api/v1/status")).body;
    assert.ok(drops["mppe-unsynchronised"] > 0);
    assert.equal(drops["mppe-garbage"], 0);
  });

  for (const mode of ["stateless", "stateful"]) {
    test(`MPPE with 40 bits, ${mode}: packets of all sizes, and a file each way`, async () => {
      const more = mode === "stateful" ? await statefulOnly(client()) : "";
      const { log } = await client().connect(ALICE, `nomppe-128 require-mppe-40 ${more}`);
      assert.match(log, new RegExp(`MPPE 40-bit ${mode} compression enabled`));
      assert.equal(await encryption(), `mppe-40-${mode}`);
      await client().guest.must(PINGS);
      await download(client(), file);
      await upload(client(), scene.office, file);
    });
  }

  test("MS-CHAPv1 gives 128 bits to a client that has no MS-CHAPv2", async () => {
    const words = "require-mppe-128 refuse-eap refuse-pap refuse-chap refuse-mschap-v2";
    const { log } = await client().connect(ALICE, "", words);
    assert.match(log, /rcvd \[CHAP Challenge id=\w+ <[0-9a-f]{16}>/);
    assert.match(log, /MPPE 128-bit stateless compression enabled/);
    assert.equal(await encryption(), "mppe-128-stateless");
    await client().guest.must(PING);
    await download(client(), file);
  });

  for (const [method, words, user] of [
    ["CHAP-MD5", CHAP_MD5, RITA],
    ["PAP", PAP, OTTO],
  ] as const) {
    test(`${method} lets a user in who need not encrypt, in clear`, async () => {
      await client().connect(user, "", words);
      assert.equal(await encryption(), "none");
      await client().guest.must(PING);
    });

    test(`${method} has no keys for a user who must encrypt`, async () => {
      const { code } = await client().dial(REX, "", words);
      assert.notEqual(code, 0);
      const { verdict } = await scene.pacd.lastAttempt();
      assert.equal(verdict.code, "mppe-refused");
      assert.match(verdict.evidence, /keys/);
    });
  }

  test("CHAP-MD5 is refused to a user whose password is kept as a hash", async () => {
    const { log } = await client().dial(OTTO, "", CHAP_MD5);
    assert.match(log, /CHAP authentication failed/);
    assert.equal((await scene.pacd.lastAttempt()).verdict.code, "no-recoverable-password");
  });

  test("PAP with a wrong password is refused", async () => {
    const { log } = await client().dial({ ...OTTO, password: "wrong" }, "", PAP);
    assert.match(log, /PAP authentication failed/);
    assert.equal((await scene.pacd.lastAttempt()).verdict.code, "bad-credentials");
  });

  test("who need not encrypt is in clear without MPPE and encrypted with it", async () => {
    const kinds = async (options: string) => {
      const capture = await scene.lab.capture();
      await client().connect(OTTO, options);
      await client().guest.must(PING);
      const session = await encryption();
      const data = new Set(dissect(await capture.stop()).map(({ what }) => what));
      await client().hangUp();
      return [session, data.has("IPv4"), data.has("MPPE")];
    };
    assert.deepEqual(await kinds("nomppe"), ["none", true, false]);
    assert.deepEqual(await kinds(""), ["mppe-128-stateless", false, true]);
  });
});
