import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import { pacctl, type Run } from "../support/pacctl.ts";
import { ALICE } from "./dials.ts";
import type { Link } from "./lossy-link.ts";
import { type Path, SimulatedHost } from "./simulated-host.ts";
import { createWorld, type World } from "./world.ts";

/** Nothing is in the way. */
const OPEN: Path = { up: true, down: true };

interface Scene {
  readonly world: World;
  readonly host: SimulatedHost;
  /** `pacctl dial` as alice; resolves at its end. */
  dial(words: readonly string[], password?: string): Promise<Run>;
  interrupt(): void;
}

/** A world with alice in it, and `pacctl dial` on a host of that world. */
export async function scene(
  t: TestContext,
  { path = OPEN, link, change }: { path?: Path; link?: Link; change?: (config: Config) => Config } = {},
): Promise<Scene> {
  const world = await createWorld(t, change, link);
  await world.store.users.create(ALICE);
  const host = new SimulatedHost(world, path);
  let interrupt = () => {};
  return {
    world,
    host,
    interrupt: () => interrupt(),
    dial: (words, password = ALICE.password) =>
      pacctl(["dial", "vpn.example.com", "--user", "alice", "--password-stdin", ...words], {
        fetch: () => Promise.reject(new Error("a dial needs no API")),
        env: {},
        host,
        stdin: async () => `${password}\n`,
        onInterrupt: (task) => {
          interrupt = task;
        },
      }),
  };
}

/** Lets time pass until the run has ended. */
export async function finished(world: World, run: Promise<Run>, seconds = 120): Promise<Run> {
  let result: Run | undefined;
  run.then((ended) => {
    result = ended;
  });
  for (let second = 0; second < seconds && result === undefined; second += 1) await world.clock.advance(1000);
  assert.ok(result !== undefined, "pacctl dial goes on for ever");
  return result;
}
