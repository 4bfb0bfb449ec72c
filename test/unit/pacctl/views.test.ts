import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import type { AttemptRecord } from "../../../server/store/store-types.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";
import { putAttempt, putSession } from "../../support/records.ts";

/** What the client sent could steer a terminal. */
const DIAL: AttemptRecord = {
  id: "a1",
  startedAt: "2026-03-01T09:58:30.000Z",
  endedAt: "2026-03-01T09:58:31.250Z",
  clientAddress: "203.0.113.7",
  user: "ann\u001b[31ma\u202e",
  userId: null,
  sessionId: null,
  verdict: "bad-credentials",
  evidence: "The password is wrong.",
  setupMs: null,
  count: 1,
  firstAt: "2026-03-01T09:58:30.000Z",
  lastTimes: ["2026-03-01T09:58:30.000Z"],
  trace: [
    { at: 0, from: "client", layer: "pptp", text: "Outgoing-Call-Request call=7" },
    { at: 104.25, from: "server", layer: "chap", text: "Failure E=691 R=0\n\u0007" },
  ],
};

let b: Bench;
const call = (line: string, { app }: Bench = b) => pacctl(line.split(" "), { fetch: injected(app) });

/** Another server, with these dials on record. */
async function having(t: TestContext, ...dials: readonly AttemptRecord[]): Promise<Bench> {
  const other = await bench();
  t.after(() => other.app.close());
  for (const dial of dials) putAttempt(other.store, dial);
  return other;
}

before(async () => {
  b = await bench();
  b.concentrator.live.push(
    liveSession(),
    liveSession({ id: "s2", user: "bert", rxBytes: 7, lastActivity: null }),
  );
  putAttempt(b.store, DIAL);
});
after(() => b.app.close());

test("session list shows who is connected, in people's units", async () => {
  assert.equal(
    (await call("session list")).out,
    [
      "ID  USER  CLIENT       ADDRESS     CONNECTED  RECEIVED  SENT     IDLE",
      "s1  anna  203.0.113.7  10.77.0.10  1m 30s     20.0 MiB  1.0 KiB  1s",
      "s2  bert  203.0.113.7  10.77.0.10  1m 30s     7 B       1.0 KiB  -",
      "",
    ].join("\n"),
  );
});

test("session list --user narrows, and says so plainly where nobody is left", async () => {
  assert.match((await call("session list --user bert")).out, /^s2/m);
  assert.equal((await call("session list --user carl")).out, "Nobody is connected.\n");
});

test("session disconnect disconnects, and a second time finds nothing", async () => {
  b.concentrator.live.push(liveSession({ id: "s3" }));
  assert.deepEqual(await call("session disconnect s3"), {
    code: 0,
    out: "Disconnected session s3.\n",
    err: "",
  });
  assert.deepEqual(await call("session disconnect s3"), {
    code: 5,
    out: "",
    err: 'pacctl: There is no live session "s3".\n',
  });
});

test("session show tells when and why a session ended", async () => {
  const { lastActivity: _, durationSeconds: _duration, ...record } = liveSession({ id: "s4" });
  putSession(b.store, {
    ...record,
    disconnectedAt: "2026-03-01T09:59:00.000Z",
    endReason: "link-lost",
  });
  const { out } = await call("session show s4");
  assert.match(out, /^State {9}ended$/m);
  assert.match(out, /^Disconnected {2}2026-03-01 09:59:00Z$/m);
  assert.match(out, /^Reason {8}link-lost$/m);
});

test("attempt list shows dials with their verdicts; what clients sent cannot steer the terminal", async () => {
  assert.equal(
    (await call("attempt list")).out,
    [
      "ID  STARTED  CLIENT       USER                    UP FOR  VERDICT",
      "a1  1m ago   203.0.113.7  ann\\u{1b}[31ma\\u{202e}  -       bad-credentials",
      "",
    ].join("\n"),
  );
});

test("a dial that came up is told as a session that ended, with how long it was up", async (t) => {
  const up = { ...DIAL, id: "a2", setupMs: 500, startedAt: "2026-03-01T07:54:00.000Z" };
  const other = await having(t, up, { ...up, id: "a3", endedAt: null });
  const list = (await call("attempt list", other)).out;
  const shown = (await call("attempt show a2", other)).out;
  const going = (await call("attempt show a3", other)).out;
  assert.match(list, /^a2 .* {2}2h 4m {3}bad-credentials$/m);
  assert.match(list, /^a3 .* {2}2h 5m {3}bad-credentials$/m);
  assert.match(shown, /^Dial {8}It came up; the session ended 2h 4m later\.\nVerdict {5}/);
  assert.match(shown, /^Up for {3}2h 4m$/m);
  assert.doesNotMatch(shown, /Windows shows/);
  assert.match(going, /^Verdict/);
});

test("attempt list passes its filters on, and says where there is more", async (t) => {
  assert.equal((await call("attempt list --address 198.51.100.1")).out, "No dial is on record.\n");
  const other = await having(t, DIAL, { ...DIAL, id: "a0", user: "bert" });
  const { out } = await call("attempt list --limit 1", other);
  assert.match(out, /\nThere are more: --limit COUNT\n$/);
});

for (const limit of ["0", "1001", "x", "1.5", "-1"]) {
  test(`attempt list --limit ${limit} is wrong usage`, async () => {
    assert.equal((await call(`attempt list --limit=${limit}`)).code, 2);
  });
}

test("attempt show explains: the verdict in plain words, then the dial, then its ladder", async () => {
  assert.equal(
    (await call("attempt show a1")).out,
    [
      "Verdict        The user name or the password is wrong. (bad-credentials)",
      "Evidence       The password is wrong.",
      "Windows shows  error 691",
      "What to do     Set a new password.",
      "",
      "User     ann\\u{1b}[31ma\\u{202e}",
      "Client   203.0.113.7",
      "Started  2026-03-01 09:58:30Z",
      "Ended    2026-03-01 09:58:31Z",
      "Set-up   -",
      "Session  -",
      "ID       a1",
      "",
      "        s  client 203.0.113.7                                                            server pacd",
      "           ├── Control connection and call ────────────────────────────────────────────────────────┤",
      "    0.000  │─ PPTP Outgoing-Call-Request call=7 ──────────────────────────────────────────────────▶│",
      "           ├── Log-in ─────────────────────────────────────────────────────────────────────────────┤",
      "    0.104  │◀─────────────────────────────────────────────────── CHAP Failure E=691 R=0\\u{a}\\u{7} ─│",
      "",
    ].join("\n"),
  );
});

test("status shows figures, and of counters only those that moved", async () => {
  const { out } = await call("status");
  assert.match(out, /^pacd {17}1\.2\.3, up 1h$/m);
  assert.match(out, /^Packet workers {7}2$/m);
  assert.match(out, /^Sessions {13}2 of 1000$/m);
  assert.match(out, /^Sessions per user {4}5 unless set for the user$/m);
  assert.match(out, /^Dropped packets {6}mppe-late 7$/m);
});

test("status ends with the weak options, under a heading that cannot be overlooked, one line each", async () => {
  assert.match((await call("status")).out, /\n\nWeak options: none\n$/);
  b.concentrator.weak = ["PAP is allowed.", "One user may connect without encryption: ann\u001b[2J."];
  const { out } = await call("status");
  b.concentrator.weak = [];
  assert.ok(
    out.endsWith(
      [
        "",
        "",
        "*** WEAK OPTIONS ARE SWITCHED ON: 2 ***",
        "  ! PAP is allowed.",
        "  ! One user may connect without encryption: ann\\u{1b}[2J.",
        "",
      ].join("\n"),
    ),
  );
});

test("--json prints what the API answered, for every command that reads", async () => {
  for (const [line, path] of [
    ["session list", "/sessions"],
    ["session show s1", "/sessions/s1"],
    ["attempt list", "/attempts?limit=50"],
    ["attempt show a1", "/attempts/a1"],
    ["status", "/status"],
  ] as const) {
    const { out } = await call(`${line} --json`);
    assert.deepEqual(JSON.parse(out), (await b.call("GET", `/api/v1${path}`)).json(), line);
  }
});
