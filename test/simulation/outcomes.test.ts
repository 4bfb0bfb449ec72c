import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Habits } from "../support/peers/habits.ts";
import { ROUTER_WITHOUT_BITS, ROUTER_WITHOUT_MPPE } from "../support/peers/home-routers.ts";
import { ANDROID, MACOS, PPTP_LINUX } from "../support/peers/pppd.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { ROUTEROS } from "../support/peers/routeros.ts";
import {
  WINDOWS_7,
  WINDOWS_10,
  WINDOWS_2000,
  WINDOWS_NONE,
  WINDOWS_OPTIONAL,
  WINDOWS_XP,
} from "../support/peers/windows.ts";
import { ALICE, inner, lastAttempt } from "./dials.ts";
import { NETWORKS, PERFECT } from "./networks.ts";
import { createWorld, type World } from "./world.ts";

const ENCRYPTED = [WINDOWS_10, WINDOWS_7, WINDOWS_2000, WINDOWS_XP, ROUTEROS, PPTP_LINUX, MACOS, ANDROID];
const IN_CLEAR = [WINDOWS_OPTIONAL, WINDOWS_NONE, ROUTER_WITHOUT_MPPE, ROUTER_WITHOUT_BITS];

/** Every peer, and those without MPPE once more as users who may go without. */
const DIALS: readonly { readonly who: string; readonly kind: Habits; readonly optional: boolean }[] = [
  ...[...ENCRYPTED, ...IN_CLEAR].map((kind) => ({ who: kind.name, kind, optional: false })),
  ...IN_CLEAR.map((kind) => ({ who: `${kind.name}, allowed`, kind, optional: true })),
];

/** Virtual time in which a dial must have come up or ended. */
const PATIENCE_S = 90;

/**
 * `outcomes.json`: for each network and peer, one outcome a seed: "up" with the milliseconds of virtual time
 * from the dial to the client's address, or the verdict. `UPDATE_OUTCOMES=1` writes it anew; read the
 * difference before you commit it.
 */
const FILE = join(import.meta.dirname, "outcomes.json");
type Outcomes = Record<string, Record<string, string>>;
const expected = JSON.parse(readFileSync(FILE, "utf8")) as Outcomes;
const seen: Outcomes = {};

for (const network of NETWORKS) {
  for (const { who, kind, optional } of DIALS) {
    for (let seed = 1; seed <= network.seeds; seed += 1) {
      test(`${who}, ${network.name}, seed ${seed}`, async (t) => {
        const world = await createWorld(t, undefined, {
          tcpDelay: network.tcpDelay,
          gre: (clock) => network.gre(clock, seed),
        });
        await world.store.users.create({ ...ALICE, encryption: optional ? "optional" : "required" });
        const client = new PptpClient(world, kind);
        const outcome = await dial(world, client);
        seen[network.name] ??= {};
        const row = seen[network.name]!;
        row[who] = row[who] === undefined ? outcome : `${row[who]}; ${outcome}`;
        if (process.env["UPDATE_OUTCOMES"] !== undefined) return;
        assert.equal(outcome, expected[network.name]?.[who]?.split("; ")[seed - 1]);
        if (network === PERFECT) assert.equal(world.clock.now(), 0, "a timer was waited for");
        if (client.up && !/loss/.test(network.name)) await carries(world, client);
        assert.deepEqual(world.errors, []);
      });
    }
  }
}

test("the table has a row for each of these dials and no other", () => {
  if (process.env["UPDATE_OUTCOMES"] !== undefined)
    writeFileSync(FILE, `${JSON.stringify(seen, undefined, 2)}\n`);
  else assert.deepEqual(Object.keys(seen).map(rows(seen)), Object.keys(expected).map(rows(expected)));
});

const rows = (table: Outcomes) => (network: string) => [network, ...Object.keys(table[network] ?? {})];

/** Dials, and says what came of it and when. */
async function dial(world: World, client: PptpClient): Promise<string> {
  client.dial();
  await world.settle();
  const over = () => client.up || client.closed;
  while (!over() && world.clock.now() < PATIENCE_S * 1000) await world.clock.advance(10);
  if (client.up) return `up ${world.clock.now()}`;
  await world.settle();
  return (await lastAttempt(world)).verdict;
}

/**
 * A packet each way, through whatever the network does, once the client's last word has come to the server.
 */
async function carries(world: World, client: PptpClient): Promise<void> {
  for (let second = 0; second < 10 && world.concentrator.sessions().length === 0; second += 1)
    await world.clock.advance(1000);
  const up = inner("10.77.0.10", "203.0.113.5", 80);
  const down = inner("203.0.113.5", "10.77.0.10", 30);
  world.tun.take();
  client.send(up);
  world.tun.deliver(down);
  await world.clock.advance(1000);
  assert.deepEqual(
    world.tun.take().map(({ bytes }) => [...bytes]),
    [[...up]],
  );
  assert.deepEqual(
    client.received.map((bytes) => [...bytes]),
    [[...down]],
  );
}
