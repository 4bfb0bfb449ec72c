import assert from "node:assert/strict";
import { afterEach, describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { FLOOD_OCTETS, FLOOD_PORT, passingRate, startFlood, stopFlood } from "../support/lab/flood.ts";
import { OFFICE_ADDRESS, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { before, test } from "../support/lab/real-client.ts";
import { ALICE, BOB, useScene } from "../support/lab/scene.ts";
import { download, serveFile, upload } from "../support/lab/transfer.ts";
import { until } from "../support/lab/until.ts";
import { AUTHENTICATION_FAILED, type Credentials, type VpnClient } from "../support/lab/vpn-client.ts";

const POOLS = `
[pools]
guests = ["10.78.0.10-10.78.0.11"]
`;

const FILE = 1 << 20;

/** Alice, as nobody decided anything about her. */
const FREE = {
  enabled: true,
  validUntil: null,
  allowedHours: [],
  allowedSources: [],
  staticAddress: null,
  pool: null,
  dns: null,
  sessionTimeout: null,
  maxSessions: null,
  whenExceeded: "deny",
  rateUp: null,
  rateDown: null,
  allowedDestinations: [],
};

/** A day of the week that is neither today nor next to it, by the clock of this host. */
const ANOTHER_DAY = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(new Date().getDay() + 3) % 7]!;

const REFUSED: readonly { readonly decided: object; readonly verdict: string; readonly evidence: RegExp }[] =
  [
    {
      decided: { allowedSources: ["192.0.2.0/24"] },
      verdict: "source-not-allowed",
      evidence: /192\.0\.2\.0\/24.*10\.9\.0\.11/,
    },
    { decided: { allowedHours: [ANOTHER_DAY] }, verdict: "outside-hours", evidence: new RegExp(ANOTHER_DAY) },
    { decided: { validUntil: "2020-01-01T00:00:00Z" }, verdict: "user-not-valid", evidence: /2020-01-01/ },
  ];

/** Names and passwords that somebody types in UTF-8. */
const NAMES: readonly (Credentials & { readonly created?: string })[] = [
  { user: "jürgen", password: "Grüße-ß€" },
  { user: "carol@example.com", password: "with a realm" },
  { user: "OFFICE\\dave", password: "with a domain", created: "dave" },
  { user: "Rene\u0301", password: "an accent in two pieces", created: "Ren\u00e9" },
  { user: "OFFICE\\\u00e4NNE", password: "small and in capitals", created: "\u00c4nne" },
];

const IDLE_S = 10;
const RATE = 2_000_000;
const MEASURED_MS = 1000;

// One story: what is decided about alice changes all the time; bob's session idles meanwhile.
describe("what an administrator decides about a user", () => {
  const scene = useScene(2, POOLS);
  const client = (): VpnClient => scene.clients[0]!;
  const decide = (change: object) => scene.pacd.changeUser(ALICE.user, change);
  const drops = async (): Promise<Record<string, number>> =>
    (await scene.pacd.api("GET", "/api/v1/status")).body.drops;
  let file = "";
  let idling: { id: string; attemptId: string };
  before(async () => {
    file = await serveFile(scene.office, FILE);
    for (const port of [81, 82]) await scene.office.ask("serveFile", { port, size: 1 });
  });
  afterEach(async () => {
    if (scene.pacd === undefined) return;
    await client().hangUp();
    await decide(FREE);
  });

  test("with what is set when nothing is set, the status page names nothing weak", async () => {
    assert.deepEqual((await scene.pacd.api("GET", "/api/v1/status")).body.weakOptions, []);
  });

  test("a session with an idle timeout comes up, and idles", async () => {
    await scene.pacd.changeUser(BOB.user, { idleTimeout: IDLE_S });
    await scene.clients[1]!.connect(BOB);
    [idling] = await scene.pacd.sessions();
  });

  for (const { decided, verdict, evidence } of REFUSED) {
    test(`${JSON.stringify(decided)}: refused with E=691, and the attempt says ${verdict}`, async () => {
      await decide(decided);
      const { code, log } = await client().dial(ALICE);
      assert.equal(code, AUTHENTICATION_FAILED, log);
      assert.match(log, /rcvd \[CHAP Failure id=\w+ "E=691 R=0 /);
      const attempt = await scene.pacd.lastAttempt();
      assert.equal(attempt.verdict.code, verdict);
      assert.match(attempt.verdict.evidence, evidence);
    });
  }

  test("a session timeout ends the session, and the client reads why", async () => {
    await decide({ sessionTimeout: 2 });
    await client().connect(ALICE);
    assert.match(
      await client().lost(),
      /rcvd \[LCP TermReq id=\w+ "the session has lasted as long as it may"\]/,
    );
    const { verdict, sessionId } = await scene.pacd.lastAttempt();
    assert.equal(verdict.code, "session-timeout");
    const { connectedAt, disconnectedAt } = (await scene.pacd.api("GET", `/api/v1/sessions/${sessionId}`))
      .body;
    const lasted = Date.parse(disconnectedAt) - Date.parse(connectedAt);
    assert.ok(lasted >= 2000 && lasted < 2500, `${lasted} ms`);
  });

  test("who is disabled in mid-session is disconnected at once, with the statistics of the call", async () => {
    await client().connect(ALICE);
    await client().guest.must("ping -c 3 -i 0.1 -W 2 10.77.0.1");
    const capture = await scene.lab.capture();
    await decide({ enabled: false });
    await client().lost();
    const seen = dissect(await capture.stop());
    const notify = seen.find(
      ({ what, from }) => what === "Call-Disconnect-Notify" && from === SERVER_ADDRESS,
    );
    const text = notify!.body
      .subarray(8, 8 + 128)
      .toString("latin1")
      .replace(/\0+$/, "");
    assert.match(text, /^in 252 bytes 3 packets, out 252 bytes 3 packets, \d+ s, drops 0$/);
    assert.equal((await scene.pacd.lastAttempt()).verdict.code, "user-disabled");
  });

  test("an idle timeout has ended the session that idled", async () => {
    await scene.clients[1]!.lost();
    const { verdict } = (await scene.pacd.api("GET", `/api/v1/attempts/${idling.attemptId}`)).body;
    assert.equal(verdict.code, "idle-timeout");
    const { connectedAt, disconnectedAt } = (await scene.pacd.api("GET", `/api/v1/sessions/${idling.id}`))
      .body;
    const lasted = (Date.parse(disconnectedAt) - Date.parse(connectedAt)) / 1000;
    assert.ok(lasted >= IDLE_S && lasted < IDLE_S + 1, `${lasted} s`);
  });

  test("one session allowed: a second client is refused, or takes the place and the address of the first", async () => {
    const [first, second] = scene.clients;
    await decide({ maxSessions: 1, staticAddress: "10.77.0.11" });
    await first!.connect(ALICE);
    const [{ attemptId }] = await scene.pacd.sessions();
    assert.equal((await second!.dial(ALICE)).code, AUTHENTICATION_FAILED);
    const refused = await scene.pacd.lastAttempt();
    assert.equal(refused.verdict.code, "too-many-sessions");
    assert.match(refused.verdict.evidence, /10\.9\.0\.11/);
    assert.equal((await scene.pacd.sessions())[0].attemptId, attemptId);

    await decide({ whenExceeded: "replace" });
    assert.match((await second!.connect(ALICE)).log, /local {2}IP address 10\.77\.0\.11\b/);
    assert.match(
      await first!.lost(),
      /rcvd \[LCP TermReq id=\w+ "another session of this user takes its place"\]/,
    );
    const { verdict } = (await scene.pacd.api("GET", `/api/v1/attempts/${attemptId}`)).body;
    assert.equal(verdict.code, "replaced");
    assert.match(await second!.guest.must("ping -c 2 -i 0.1 -W 2 10.77.0.1"), /2 received/);
    await second!.hangUp();
  });

  test("allowed destinations open and close for a session that is up, and what is denied is counted", async () => {
    const reached = async (): Promise<string> => {
      const url = (port: number) => `http://${OFFICE_ADDRESS}:${port}/file`;
      const { output } = await client().guest.run(`
        for url in ${url(81)} ${url(82)}; do
          timeout 2 busybox wget -q -O /dev/null $url 2>/dev/null && echo -n "$url "
        done
        ping -c 1 -W 1 ${OFFICE_ADDRESS} >/dev/null && echo -n ping
      `);
      return output.replace(url(81), "81").replace(url(82), "82").trim();
    };
    await decide({ allowedDestinations: [`${OFFICE_ADDRESS} tcp 81`] });
    await client().connect(ALICE);
    const before = await drops();
    assert.equal(await reached(), "81");
    assert.ok((await drops())["destination-denied"]! >= before["destination-denied"]! + 2);
    await decide({ allowedDestinations: ["10.8.0.0/24 icmp", "10.8.0.0/24 tcp 82-90"] });
    assert.equal(await reached(), "82 ping");
    await decide({ allowedDestinations: [] });
    const open = await drops();
    assert.equal(await reached(), "81 82 ping");
    assert.equal((await drops())["destination-denied"], open["destination-denied"]);
  });

  for (const way of ["tx", "rx"] as const) {
    const [field, drop] = way === "tx" ? ["rateDown", "rate-limit-down"] : ["rateUp", "rate-limit-up"];
    test(`${field} holds to ±5 % under twice as much UDP, and a change counts at once`, async (t) => {
      await decide({ [field]: RATE });
      await client().connect(ALICE);
      const [{ assignedAddress: host }] = await scene.pacd.sessions();
      const flood = { host, port: FLOOD_PORT, bitsPerSecond: 2 * RATE, octets: FLOOD_OCTETS };
      const flooding =
        way === "tx"
          ? scene.lab.resident.ask("floodUdp", { ...flood, forMs: 2 * MEASURED_MS + 1500 })
          : startFlood(client(), 2 * RATE);
      const dropped = (await drops())[drop]!;
      await until("the end of the burst", async () => (await drops())[drop]! > dropped + 50);
      for (const rate of [RATE, RATE / 2]) {
        await decide({ [field]: rate });
        const passed = await passingRate(scene.pacd, way, MEASURED_MS);
        t.diagnostic(`${field} ${rate} bit/s: ${Math.round(passed)} bit/s passed`);
        assert.ok(Math.abs(passed / rate - 1) < 0.05, `${passed} of ${rate} bit/s`);
      }
      await flooding;
      if (way === "rx") await stopFlood(client());
    });
  }

  test("a file of 1 MB arrives whole through a rate limit", async (t) => {
    await decide({ rateDown: 4 * RATE });
    await client().connect(ALICE);
    const began = performance.now();
    await download(client(), file);
    const took = (performance.now() - began) / 1000;
    t.diagnostic(
      `TCP at ${4 * RATE} bit/s: 1 MB in ${took.toFixed(1)} s, ${((FILE * 8) / took).toFixed(0)} bit/s`,
    );
  });

  for (const { user, password, created = user } of NAMES) {
    test(`${user} logs in, typed in UTF-8`, async () => {
      await scene.pacd.addUser(created, password);
      await client().connect({ user, password });
      assert.equal((await scene.pacd.sessions())[0].user, created);
      assert.match(await client().guest.must("ping -c 2 -i 0.1 -W 2 10.77.0.1"), /2 received/);
    });
  }

  test("a pool and a name server of the user's own: the client has them, and reaches the office", async () => {
    await decide({ pool: "guests", dns: ["10.8.0.60"] });
    const { log } = await client().connect(ALICE);
    assert.match(log, /local {2}IP address 10\.78\.0\.1[01]\b/);
    assert.match(log, /remote IP address 10\.77\.0\.1\b/);
    assert.match(log, /primary {3}DNS address 10\.8\.0\.60/);
    assert.doesNotMatch(log, /10\.8\.0\.5[34]/);
    await download(client(), file);
    await upload(client(), scene.office, file);
  });
});
