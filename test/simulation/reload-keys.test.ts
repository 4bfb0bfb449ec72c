import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Registry } from "prom-client";
import { addSessionMetrics } from "../../admin-api/metrics/session-metrics.ts";
import { concentratorPart } from "../../server/concentrator-part.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { Reloader } from "../../server/reload/reloader.ts";
import type { ReloadReport } from "../../server/reload/report.ts";
import { WINDOWS_7 } from "../support/peers/windows.ts";
import type { IN_SIMULATION } from "../support/reload-tested-keys.ts";
import { ALICE, type Changes, client, inner, lastAttempt } from "./dials.ts";
import { keptEvents } from "./kept-events.ts";
import type { Link } from "./lossy-link.ts";
import { HOUR, oldRecords } from "./old-records.ts";
import { createWorld, type World } from "./world.ts";

/** A world that is up, with whom each test lets in before and after. */
interface Stage {
  readonly world: World;
  /** What counts at this moment. */
  readonly running: { readonly config: World["config"] };
  /** A further dial of alice's, to its end; from an address of its own. */
  dial(changes?: Changes): Promise<ReturnType<typeof client>>;
  /** The file has these lines from now on, and is read. */
  reload(toml: string): Promise<ReloadReport>;
  /** The frames of the newest dial that show this, as its trace has them. */
  trace(): Promise<string>;
  /** GRE of clients waits while set, for `let` to send it on in another order. */
  readonly held: (() => void)[];
  hold: boolean;
}

async function stage(t: TestContext): Promise<Stage> {
  const held: (() => void)[] = [];
  const link: Link = (deliver, from) => {
    if (made.hold && from === "client") held.push(deliver);
    else deliver();
  };
  const world = await createWorld(t, undefined, link);
  let toml = "";
  const { running } = world;
  const reloader = new Reloader({
    running,
    file: "pacd.toml",
    read: async () => {
      const { state, ...others } = parseConfig(toml, "/etc/pacd/pacd.toml");
      return { ...others, state: { ...state, directory: world.config.state.directory } };
    },
    parts: [concentratorPart(world.concentrator)],
    sessions: world.concentrator,
    remarks: async () => [],
    conditions: world.conditions,
    log: { info() {}, error() {} },
    loaded: world.events.loaded,
    around: () => () => {},
  });
  await world.store.users.create(ALICE);
  let dials = 0;
  const made: Stage = {
    world,
    running,
    held,
    hold: false,
    async dial(changes = {}) {
      dials += 1;
      const caller = client(world, changes, `198.51.100.${dials}`);
      caller.dial();
      await world.settle();
      return caller;
    },
    async reload(lines) {
      toml = lines;
      const done = reloader.reload(false);
      await world.settle();
      await world.clock.advance(5_000);
      return done;
    },
    async trace() {
      return (await lastAttempt(world)).trace
        .map(({ layer, text }) => `${layer.toUpperCase()} ${text}`)
        .join("\n");
    },
  };
  return made;
}

/** What a key is seen to do to a session that is up, and to one that comes. */
type Proof = (stage: Stage) => Promise<void>;

const up = async ({ dial }: Stage, changes: Changes = {}) => {
  const caller = await dial(changes);
  assert.ok(caller.up, caller.seen.join(", "));
  return caller;
};

const live = ({ world }: Stage) => world.concentrator.sessions();

const PROOFS: Readonly<Record<(typeof IN_SIMULATION)[number], Proof>> = {
  "pptp.max_sessions": async (all) => {
    await up(all);
    await up(all);
    await all.reload("[pptp]\nmax_sessions = 1");
    assert.equal(live(all).length, 2);
    assert.equal(all.world.concentrator.status().maxSessions, 1);
    await all.dial();
    assert.equal((await lastAttempt(all.world)).verdict, "server-full");
    await all.reload("[pptp]\nmax_sessions = 3");
    await up(all);
  },
  "tunnel.local_address": async (all) => {
    const before = await up(all);
    await all.reload('[tunnel]\nlocal_address = "10.99.0.1"');
    assert.equal(all.world.concentrator.status().localAddress, "10.99.0.1");
    assert.equal(live(all).length, 1);
    assert.ok(!before.closed);
    await up(all);
    assert.match(await all.trace(), /IPCP Configure-Request .*address=10\.99\.0\.1/);
  },
  "tunnel.pool": async (all) => {
    await up(all);
    await up(all);
    const { sessions } = await all.reload('[tunnel]\npool = ["10.77.0.11-10.77.0.12", "10.99.0.9"]');
    assert.deepEqual([sessions.live, sessions.ended], [2, 1]);
    assert.deepEqual(
      live(all).map(({ assignedAddress }) => assignedAddress),
      ["10.77.0.11"],
    );
    assert.equal((await up(all)).address, "10.77.0.12");
    assert.equal((await up(all)).address, "10.99.0.9");
  },
  "tunnel.dns": async (all) => {
    await up(all, WINDOWS_7);
    await all.reload('[tunnel]\ndns = ["10.8.0.53"]');
    assert.equal(live(all).length, 1);
    await up(all, WINDOWS_7);
    assert.match(await all.trace(), /IPCP Configure-Nak .*10\.8\.0\.53/);
  },
  "tunnel.wins": async (all) => {
    await up(all, WINDOWS_7);
    await all.reload('[tunnel]\nwins = ["10.8.0.42"]');
    assert.equal(live(all).length, 1);
    await up(all, WINDOWS_7);
    assert.match(await all.trace(), /IPCP Configure-Nak .*10\.8\.0\.42/);
  },
  "tunnel.mtu": async (all) => {
    await up(all);
    await all.reload("[tunnel]\nmtu = 1000");
    await up(all);
    assert.match(await all.trace(), /LCP Configure-Request .*mru=1000/);
    const [before, after] = live(all).map(({ mtu }) => mtu);
    assert.deepEqual([before, after], [1400, 1000]);
  },
  "security.authentication": async (all) => {
    await up(all);
    const { sessions } = await all.reload('[security]\nauthentication = ["ms-chap-v1"]');
    assert.deepEqual([sessions.ended, sessions.noLongerAllowed], [0, 1]);
    await all.dial();
    assert.match(await all.trace(), /auth=ms-chap-v1/);
    assert.ok(live(all).length >= 1);
  },
  "security.mppe_strengths": async (all) => {
    await up(all);
    const { sessions } = await all.reload("[security]\nmppe_strengths = [40]");
    assert.deepEqual([sessions.ended, sessions.noLongerAllowed], [0, 1]);
    await all.dial();
    assert.match(await all.trace(), /CCP Configure-Request .*mppe=01000020\(stateless,40\)/);
  },
  "security.mppe_stateful": async (all) => {
    await up(all);
    await all.dial({ mppe: "00000040" });
    assert.doesNotMatch(await all.trace(), /CCP Configure-Ack .*mppe=00000040/);
    await all.reload("[security]\nmppe_stateful = true");
    await all.dial({ mppe: "00000040" });
    assert.match(await all.trace(), /CCP Configure-Ack .*mppe=00000040/);
    assert.equal(live(all)[0]?.encryption, "mppe-128-stateless");
  },
  "users.max_sessions": async (all) => {
    await up(all);
    await up(all);
    await all.reload("[users]\nmax_sessions = 2");
    assert.equal(live(all).length, 2);
    await all.dial();
    await all.world.clock.advance(10_000);
    assert.equal((await lastAttempt(all.world)).verdict, "too-many-sessions");
    await all.reload("[users]\nmax_sessions = 3");
    await up(all);
  },
  "password.min_length": async (all) => {
    await all.world.store.users.update("alice", { passwordExpiresAt: "2029-12-31T00:00:00.000Z" });
    await all.reload("[password]\nmin_length = 20");
    await all.dial({ newPassword: "correct Horse 1" });
    await all.world.clock.advance(10_000);
    assert.equal((await lastAttempt(all.world)).verdict, "password-change-refused");
    await all.reload("[password]\nmin_length = 12");
    await all.dial({ newPassword: "correct Horse 1" });
    assert.equal((await lastAttempt(all.world)).verdict, "connected");
  },
  "password.max_age_days": async (all) => {
    await all.world.store.users.update("alice", { passwordExpiresAt: "2029-12-31T00:00:00.000Z" });
    await all.reload("[password]\nmax_age_days = 10");
    await all.dial({ newPassword: "correct Horse 1" });
    const { passwordExpiresAt } = (await all.world.store.users.find("alice"))!;
    assert.match(passwordExpiresAt ?? "", /^2030-01-11T/);
  },
  "records.sessions_days": async (all) => {
    const old = await oldRecords(all);
    await all.reload("[records]\nsessions_days = 0");
    await all.world.clock.advance(2 * HOUR);
    assert.deepEqual(await old(), { sessions: 1, attempts: 1, audit: 1 });
    await all.reload("[records]\nsessions_days = 2");
    await all.world.clock.advance(HOUR);
    assert.deepEqual(await old(), { sessions: 0, attempts: 1, audit: 1 });
  },
  "records.attempts_days": async (all) => {
    const old = await oldRecords(all);
    await all.reload("[records]\nattempts_days = 2");
    await all.world.clock.advance(HOUR);
    assert.deepEqual(await old(), { sessions: 1, attempts: 0, audit: 1 });
  },
  "records.audit_days": async (all) => {
    const old = await oldRecords(all);
    await all.reload("[records]\naudit_days = 2");
    await all.world.clock.advance(HOUR);
    assert.deepEqual(await old(), { sessions: 1, attempts: 1, audit: 0 });
  },
  "events.keep": async (all) => {
    const { publish, kept } = keptEvents(all.world);
    assert.equal(await publish(2000), await kept());
    await all.reload("[events]\nkeep = 1000");
    await publish(1500);
    assert.ok((await kept()) <= 1300);
  },
  "events.days": async (all) => {
    const { publish, kept } = keptEvents(all.world);
    const old = await publish(50, "2029-12-01T00:00:00.000Z");
    await publish(150);
    assert.ok((await kept()) >= old + 150);
    await all.reload("[events]\ndays = 7");
    await publish(100);
    assert.ok((await kept()) <= 260);
  },
  "metrics.per_user": async (all) => {
    const registry = new Registry();
    const { concentrator, events, running } = all.world;
    const metricsPerUser = () => running.config.metrics.perUser;
    addSessionMetrics(registry, { concentrator, events: events.bus, metricsPerUser });
    await up(all);
    assert.doesNotMatch(await registry.metrics(), /user="alice"/);
    await all.reload("[metrics]\nper_user = true");
    assert.match(await registry.metrics(), /user="alice"/);
  },
  "gre.reorder_packets": async (all) => {
    const alice = await up(all);
    assert.deepEqual(await disordered(all, alice), [1, 2]);
    await all.reload("[gre]\nreorder_packets = 0");
    assert.deepEqual(await disordered(all, alice), [2]);
    assert.equal(all.world.concentrator.status().drops["gre-duplicate-or-late"], 1);
  },
  "gre.reorder_delay_ms": async (all) => {
    const alice = await up(all);
    for (const delay of [50, 10]) {
      await all.reload(`[gre]\nreorder_delay_ms = ${delay}`);
      const [, late] = await sentHeld(all, alice);
      late!();
      await all.world.clock.advance(delay - 1);
      assert.equal(all.world.tun.take().length, 0, `${delay} ms are not over`);
      await all.world.clock.advance(1);
      assert.equal(all.world.tun.take().length, 1);
    }
  },
};

/** Two packets, which a test hands on itself. */
async function sentHeld(all: Stage, alice: ReturnType<typeof client>): Promise<readonly (() => void)[]> {
  all.hold = true;
  all.held.length = 0;
  for (const size of [1, 2]) alice.send(inner(alice.address, "192.0.2.80", size));
  await all.world.settle();
  all.hold = false;
  all.world.tun.take();
  return [...all.held];
}

/** The sizes of what reaches the network of two packets that change places on the way. */
async function disordered(all: Stage, alice: ReturnType<typeof client>): Promise<readonly number[]> {
  const [first, second] = await sentHeld(all, alice);
  second!();
  first!();
  await all.world.settle();
  return all.world.tun.take().map(({ bytes }) => bytes.length - 20);
}

for (const [key, proof] of Object.entries(PROOFS)) {
  test(`${key} is seen to count after a reload, and sessions that are up are what docs/operations.md says`, async (t) => {
    const all = await stage(t);
    await proof(all);
    assert.deepEqual(all.world.errors, []);
  });
}
