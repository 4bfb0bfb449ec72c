import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { width } from "../../../pacctl/print/table.ts";
import { seconds } from "../../../server/wire/units.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl, type Run } from "../../support/pacctl.ts";
import { putSession } from "../../support/records.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

type Io = Parameters<typeof pacctl>[1];

const call = (line: string, io: Partial<Io> = {}): Promise<Run> =>
  pacctl(line.split(" "), { fetch: injected(b.app), ...io });

const SHOWN = `User        anna, of the group sales
User ID     u1
State       live
Client      203.0.113.7
Computer    ANNA-PC
Says it is  windows, vendor "Microsoft", "MSRASV5.20"
Address     10.77.0.10
Told        server 10.77.0.1, DNS 10.0.0.53, WINS none
Log-in      ms-chap-v2
Connected   2026-03-01 09:58:30Z
Up for      1m 30s
Idle for    1s
Encryption  MPPE with 128 bits, stateless
MTU         1400
LCP         client asked: mru 1400, magic 0c6f3548, pfc, acfc
            pacd asked: mru 1400, auth MS-CHAPv2, magic 11223344
CCP         client asked: mppe 01000040 (H stateless, S 128 bits)
            pacd asked: mppe 01000040 (H stateless, S 128 bits)
IPCP        client asked: address 10.77.0.10, primary-dns 10.0.0.53
            pacd asked: address 10.77.0.1
Rates       up unlimited, down 10 Mbit/s (user)
May reach   10.0.0.0/8
Ends        in 3h 59m, after 4h (group)
Received    20.0 MiB in 15000 packets; now 100 kbit/s, 50 packets/s
             ▂▃▅▆█
            the last 1m, 40 kbit/s at most
Sent        1.0 KiB in 12 packets; now 1 Mbit/s, 100 packets/s
             ▂▃▅▆█
            the last 1m, 400 kbit/s at most
Round trip  35 ms, 31 ms at least; 320 taken, the last 1m 30s ago
Lost up     10 of 1009 packets (0.99 %), 4 out of order, 2 too late, 1 twice
Lost down   1 of 40 tested packets not acknowledged (2.5 %)
Dropped     12 to a place the user may not reach (destination-denied)
Attempt     a1
ID          s1
`;

test("session show has all that is known of a session, in 80 columns", async () => {
  b.concentrator.live.splice(0, 9, liveSession());
  const { code, out } = await call("session show s1", { now: () => new Date("2026-07-24T10:02:30.000Z") });
  assert.equal(code, 0);
  const idle = /^Idle for .*$/m;
  assert.equal(out.replace(idle, ""), SHOWN.replace(idle, ""));
  for (const line of out.split("\n")) assert.ok(width(line) <= 80, line);
});

test("of a session that ended it shows what is left", async () => {
  const { durationSeconds: _, ...record } = liveSession({ id: "s8" });
  const link = { arrived: 50, lost: 0, reordered: 0, late: 0, duplicates: 0, tested: 0, unacknowledged: 0 };
  putSession(b.store, {
    ...record,
    groupId: null,
    groupName: null,
    disconnectedAt: "2026-03-01T10:00:00.000Z",
    endReason: "client-hung-up",
    computerName: "ANNA-PC",
    clientKind: "windows",
    link: JSON.stringify(link),
  });
  const { out } = await call("session show s8");
  assert.match(out, /^Computer {6}ANNA-PC$/m);
  assert.match(out, /^Last used {5}2026-03-01 09:59:59Z$/m);
  assert.match(out, /^Lasted {8}1m 30s$/m);
  assert.match(out, /^Round trip {4}not measured yet$/m);
  assert.match(out, /^Lost up {7}0 of 50 packets \(0\.0 %\)$/m);
  assert.match(out, /^Lost down {5}not known: no packet could be tested$/m);
  assert.doesNotMatch(out, /^(?:LCP|Rates|Dropped|Ends)/m);
});

test("session list --watch paints the list each second until Ctrl-C", async () => {
  b.concentrator.live.splice(0, 9, liveSession());
  const clock = new VirtualClock();
  const painted: string[] = [];
  let interrupt = () => {};
  const done = call("session list --watch", {
    screen: { columns: 80, errIsTerminal: true },
    host: { clock } as unknown as Io["host"],
    onInterrupt: (task) => {
      interrupt = task;
    },
    out: (text) => void painted.push(text),
  } as Partial<Io>);
  const turns = async () => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await turns();
  assert.equal(painted.length, 1);
  assert.ok(painted[0]!.startsWith("\u001b[H\u001b[2JID "));
  assert.match(painted[0]!, /\ns1 /);
  b.concentrator.live.splice(0, 9);
  await clock.advance(seconds(1));
  await turns();
  assert.equal(painted.length, 2);
  assert.match(painted[1]!, /Nobody is connected\.\n$/);
  interrupt();
  assert.equal((await done).code, 0);
});

test("session list --watch without a terminal is wrong usage", async () => {
  const { code, err } = await call("session list --watch");
  assert.equal(code, 2);
  assert.match(err, /standard output is none/);
});

test("session end asks for IDs or for a choice, not both and not neither", async () => {
  for (const line of ["session end", "session end s1 --all"]) assert.equal((await call(line)).code, 2);
});

test("session end ends one by its ID, with a message", async () => {
  b.concentrator.live.splice(0, 9, liveSession());
  assert.deepEqual(await call("session end s1 --message why"), {
    code: 0,
    out: "Ended session s1.\n",
    err: "",
  });
  assert.deepEqual(b.concentrator.live, []);
});

test("session end --dry-run shows whom it would end, and ends nobody", async () => {
  b.concentrator.live.splice(0, 9, liveSession(), liveSession({ id: "s2" }));
  const out = `2 sessions would be ended:
  s1  anna, 10.77.0.10 from 203.0.113.7
  s2  anna, 10.77.0.10 from 203.0.113.7
`;
  assert.deepEqual(await call("session end --user anna --dry-run"), { code: 0, out, err: "" });
  assert.match((await call("session end s2 --dry-run")).out, /^1 session would be ended:\n {2}s2 /);
  assert.equal(b.concentrator.live.length, 2);
});

test("on a terminal several sessions end with --yes alone; in a script at once", async () => {
  const screen = { columns: 80, errIsTerminal: true };
  b.concentrator.live.splice(0, 9, liveSession(), liveSession({ id: "s2" }));
  const asked = await call("session end --all", { screen });
  assert.equal(asked.code, 2);
  assert.match(asked.err, /2 sessions would be ended: say --yes/);
  assert.equal(b.concentrator.live.length, 2);
  assert.match((await call("session end --all --yes", { screen })).out, /^2 sessions ended:/);
  b.concentrator.live.splice(0, 9, liveSession(), liveSession({ id: "s2" }));
  assert.match((await call("session end --all")).out, /^2 sessions ended:/);
  assert.equal((await call("session end --all", { screen })).out, "No session ended.\n");
});
