import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { after, describe } from "node:test";
import { Dialler } from "../support/lab/dialler.ts";
import { Lab, OFFICE_ADDRESS, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { Pingers } from "../support/lab/pingers.ts";
import { end, start } from "../support/lab/processes.ts";
import { before, test } from "../support/lab/real-client.ts";
import { ReloadedPacd, type Sections } from "../support/lab/reloaded-pacd.ts";
import { until } from "../support/lab/until.ts";

const SESSIONS = 200;
const OTHER_ADDRESS = "10.9.0.2";

const TO = { server: SERVER_ADDRESS, user: "alice", password: "correct horse", target: OFFICE_ADDRESS };

/** Addresses come one after the other from .10 on: the last of 200 is .209. */
const BASE: Sections = {
  state: { directory: '"state"' },
  pptp: { listen: `["${SERVER_ADDRESS}:1723"]` },
  tunnel: { pool: '["10.77.0.10-10.77.0.250"]' },
  users: { max_sessions: "0" },
  nat: { mode: '"auto"' },
};

/** The base with other keys in one section. */
const withKeys = (
  section: string,
  keys: Readonly<Record<string, string>>,
  from: Sections = BASE,
): Sections => ({
  ...from,
  [section]: { ...from[section], ...keys },
});

/** One after the other, each on top of those before it. */
const CHANGES: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ["name servers", "tunnel", { dns: '["10.8.0.53"]' }],
  ["a smaller MTU", "tunnel", { mtu: "1300" }],
  ["a larger MTU", "tunnel", { mtu: "1400" }],
  ["a wider pool", "tunnel", { pool: '["10.77.0.0/23"]' }],
  ["the pool in two halves", "tunnel", { pool: '["10.77.0.2-10.77.0.127", "10.77.0.128-10.77.0.254"]' }],
  ["part of the pool under another name", "pools", { guests: '["10.78.0.0/24"]' }],
  ["another address of the concentrator's own", "tunnel", { local_address: '"10.79.0.1"' }],
  ["a second address to dial", "pptp", { listen: `["${SERVER_ADDRESS}:1723", "${OTHER_ADDRESS}:1723"]` }],
  ["only the second address", "pptp", { listen: `["${OTHER_ADDRESS}:1723"]` }],
  ["every address", "pptp", { listen: '"0.0.0.0:1723"' }],
  ["late packets that are dropped", "gre", { reorder_packets: "0" }],
  ["late packets that are held longer", "gre", { reorder_packets: "64", reorder_delay_ms: "100" }],
  ["NAT that is required", "nat", { mode: '"required"' }],
  ["accept rules", "nat", { accept_forward: "true" }],
  ["other encryption", "security", { mppe_strengths: "[40]" }],
  ["fewer sessions than there are", "pptp", { max_sessions: "3" }],
  ["more to log", "log", { level: '"debug"' }],
];

/** Another program that has the port there. */
async function listener(lab: Lab, host: string): Promise<ChildProcess> {
  const program = `require("node:net").createServer().listen(1723, "${host}", () => console.log("listens"))`;
  const child = start(...lab.namespace.enter(process.execPath, "--eval", program), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  lab.onClose(() => end(child, "SIGKILL"));
  await once(child.stdout!, "data");
  return child;
}

describe("a reload with 200 sessions up", () => {
  let lab: Lab;
  let pacd: ReloadedPacd;
  let pingers: Pingers;
  let host: Dialler;
  let now = BASE;
  before(async () => {
    lab = await Lab.create();
    await lab.office();
    await lab.namespace.ip(`addr add ${OTHER_ADDRESS}/24 dev br0`);
    host = await Dialler.create(lab);
    pacd = await ReloadedPacd.start(lab, BASE);
    await pacd.api("POST", "users", { name: TO.user, password: TO.password });
    pingers = await Pingers.start(lab, host.namespace, TO, SESSIONS);
  });
  after(() => lab?.close());

  /** Every ping was answered, and nobody was disconnected. */
  async function nothingLost(but = 0): Promise<void> {
    const { asked, answered, over } = await pingers.tally();
    assert.ok(asked > 0);
    assert.deepEqual({ lost: asked - answered, over }, { lost: 0, over: but });
  }

  const sessions = async (): Promise<number> => (await pacd.api("GET", "sessions")).body.items.length;

  /** All that pacd has put on the host. */
  async function everything(): Promise<string> {
    const { namespace } = lab;
    const rules = await namespace.run("nft", "list", "ruleset");
    return [
      rules.replaceAll(/packets \d+ bytes \d+/g, ""),
      await namespace.ip("-4 addr show dev pac0"),
      await namespace.ip("-4 route show dev pac0"),
      (await namespace.run("ss", "-Hltn")).split("\n").sort().join("\n"),
    ].join("\n");
  }

  test("without one all pings are answered", () => nothingLost());

  for (const [what, section, keys] of CHANGES) {
    test(`${what}: no ping is lost and no session ends`, async () => {
      now = withKeys(section, keys, now);
      const { sessions: told, changes } = await pacd.goOver(now);
      assert.deepEqual(
        changes.map(({ key }: { key: string }) => key).sort(),
        Object.keys(keys)
          .map((key) => `${section}.${key}`)
          .sort(),
      );
      assert.deepEqual([told.live, told.ended], [SESSIONS, 0]);
      await nothingLost();
      assert.equal(await sessions(), SESSIONS);
    });
  }

  test("back to the beginning in one step: no ping is lost", async () => {
    now = BASE;
    await pacd.goOver(BASE);
    await nothingLost();
  });

  test("a hundred signals at once, while the file is replaced again and again: no ping is lost", async () => {
    for (let i = 0; i < 10; i++) {
      pacd.write(withKeys("tunnel", { dns: `["10.8.0.${i + 1}"]` }));
      pacd.hangUp(10);
    }
    await until("the last file", async () => {
      const { body } = await pacd.reload(true);
      return body.changes.length === 0;
    });
    await nothingLost();
    assert.equal(await sessions(), SESSIONS);
  });

  test("whoever dials while reloads follow each other gets in", async () => {
    const coming = Pingers.start(lab, host.namespace, TO, 20, 1000);
    let up = false;
    void coming.then(() => {
      up = true;
    });
    for (let i = 0; i < 5 || !up; i++)
      await pacd.goOver(
        withKeys("tunnel", { mtu: String(1300 + (i % 2)), pool: `["10.77.0.2-10.77.0.${240 + (i % 2)}"]` }),
      );
    const others = await coming;
    const { asked, answered } = await others.tally();
    assert.equal(answered, asked);
    await others.end();
    await until("their end", async () => (await sessions()) === SESSIONS);
    await pacd.goOver(BASE);
    await nothingLost();
  });

  test("forty reloads leave no descriptor, listener, address, route or rule more than there were", async () => {
    const descriptors = async () =>
      (await lab.namespace.run("ls", `/proc/${pacd.pid}/fd`)).split("\n").length;
    const there = { listen: '"0.0.0.0:1723"' };
    const both = withKeys(
      "admin",
      { listen: '"127.0.0.1:8723"' },
      withKeys("pptp", there, withKeys("tunnel", { pool: '["10.77.0.0/22"]', mtu: "1300" })),
    );
    await pacd.goOver(both);
    await pacd.goOver(BASE);
    const [before, open] = [await everything(), await descriptors()];
    for (let i = 0; i < 20; i++) {
      await pacd.goOver(both);
      await pacd.goOver(BASE);
    }
    assert.equal(await everything(), before);
    await until("as many descriptors as before", async () => (await descriptors()) <= open);
    await nothingLost();
  });

  test("a file that is wrong changes nothing, whoever asks, and is a condition until it is mended", async () => {
    const before = await everything();
    pacd.write({ ...withKeys("tunnel", { pool: '["10.80.0.0/24"]' }), admin: { lisen: '"x"' } });
    const { status, body } = await pacd.reload();
    assert.deepEqual([status, body.code, body.because], [422, "reload-refused", "config-unknown-key"]);
    assert.match(
      body.detail,
      /pacd\.toml:\d+: admin\.lisen: there is no such key; did you mean "admin\.listen"\?/,
    );
    pacd.hangUp();
    await until("the log", () => /"level":50.*Nothing was changed/.test(pacd.output));
    const { conditions } = (await pacd.api("GET", "status")).body;
    assert.ok(conditions.some(({ code }: { code: string }) => code === "configuration-refused"));
    assert.equal(await everything(), before);
    await nothingLost();
    await pacd.goOver(BASE);
    const after = (await pacd.api("GET", "status")).body.conditions;
    assert.ok(!after.some(({ code }: { code: string }) => code === "configuration-refused"));
  });

  test("an address that cannot be had takes back pools, routes, rules and listeners", async () => {
    const other = await listener(lab, OTHER_ADDRESS);
    const before = await everything();
    const next = withKeys("pptp", { listen: `["10.9.0.1:1723", "${OTHER_ADDRESS}:1723"]` });
    pacd.write(
      withKeys("tunnel", { pool: '["10.77.0.0/22"]', mtu: "1200", local_address: '"10.79.0.1"' }, next),
    );
    for (const dryRun of [true, false]) {
      const { status, body } = await pacd.reload(dryRun);
      assert.deepEqual([status, body.because], [422, "address-in-use"]);
    }
    assert.equal(await everything(), before);
    await nothingLost();
    await end(other);
    await pacd.goOver(BASE);
  });

  test("a pool that overlaps a network of the host is refused, and nothing changes", async () => {
    const before = await everything();
    pacd.write(withKeys("tunnel", { pool: '["10.77.0.10-10.77.0.250", "10.8.0.0/25"]' }));
    const { status, body } = await pacd.reload();
    assert.deepEqual([status, body.because], [422, "pool-overlaps-host"]);
    assert.equal(await everything(), before);
    await pacd.goOver(BASE);
  });

  test("the API moves, and the request that asks for it is answered", async () => {
    const moved = withKeys("admin", { listen: '"127.0.0.1:8999"' });
    await pacd.goOver(moved);
    await assert.rejects(pacd.reload(true));
    pacd.movesTo("127.0.0.1:8999");
    assert.equal(await sessions(), SESSIONS);
    await pacd.goOver(BASE);
    pacd.movesTo("127.0.0.1:8723");
    assert.equal(await sessions(), SESSIONS);
    await nothingLost();
  });

  test("NAT goes and comes: rules follow, and no session ends", async () => {
    await pacd.goOver(withKeys("nat", { mode: '"off"' }));
    assert.doesNotMatch(await lab.namespace.run("nft", "list", "tables"), /pacd/);
    assert.equal((await pacd.api("GET", "status")).body.nat, "off");
    // The office knows no way back to the clients.
    assert.equal((await pingers.tally()).over, 0);
    await pacd.goOver(BASE);
    assert.match(await lab.namespace.run("nft", "list", "ruleset"), /ip saddr 10\.77\.0\.10/);
    assert.equal((await pacd.api("GET", "status")).body.nat, "on");
    await pingers.tally(); // with those that were asked before it was on
    await nothingLost();
  });

  test("what is on the host is what a fresh start with that file would put there", async () => {
    const toml = withKeys(
      "pools",
      { guests: '["10.78.0.0/28"]' },
      withKeys("tunnel", { mtu: "1280", local_address: '"10.78.0.1"' }),
    );
    await pacd.goOver(toml);
    const { namespace } = lab;
    assert.match(await namespace.ip("link show dev pac0"), /mtu 1280/);
    assert.match(await namespace.ip("-4 addr show dev pac0"), /inet 10\.78\.0\.1\/32/);
    assert.doesNotMatch(await namespace.ip("-4 addr show dev pac0"), /10\.77\.0\.1\//);
    assert.match(await namespace.ip("-4 route show dev pac0"), /^10\.78\.0\.0\/28/m);
    const rules = await namespace.run("nft", "list", "ruleset");
    assert.match(rules, /ip saddr 10\.78\.0\.0\/28/);
    await pacd.goOver(BASE);
    assert.doesNotMatch(await namespace.ip("-4 route show dev pac0"), /10\.78/);
    assert.doesNotMatch(await namespace.ip("-4 addr show dev pac0"), /10\.78/);
    await nothingLost();
  });

  test("a pool that shrinks ends whom it has no address for any more, as the dry run said, and nobody else", async () => {
    pacd.write(withKeys("tunnel", { pool: '["10.77.0.10-10.77.0.197"]' }));
    const { body } = await pacd.reload(true);
    assert.deepEqual(body.sessions, { live: SESSIONS, ended: 12, noLongerAllowed: 0 });
    await nothingLost();
    const done = (await pacd.reload()).body;
    assert.deepEqual(done.sessions, { live: SESSIONS, ended: 12, noLongerAllowed: 0 });
    await nothingLost(12);
    assert.equal(await sessions(), SESSIONS - 12);
    const { items } = (await pacd.api("GET", "attempts?limit=1000")).body;
    const ended = items.filter(
      ({ verdict }: { verdict: { code: string } }) => verdict.code === "address-withdrawn",
    );
    assert.equal(ended.length, 12);
  });

  test("stopped, it leaves nothing behind", async () => {
    assert.equal(await pacd.stop(), 0);
    assert.doesNotMatch(await lab.namespace.run("nft", "list", "tables"), /pacd/);
    assert.doesNotMatch(await lab.namespace.ip("-o link show"), /pac0/);
  });
});
