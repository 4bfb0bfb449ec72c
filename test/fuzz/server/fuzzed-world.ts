import type { TestContext } from "node:test";
import type { Config } from "../../../server/config/config-types.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { createWorld, type World } from "../../simulation/world.ts";
import { greOf } from "../../support/peers/gre-bytes.ts";
import { SENDS_ONCE } from "../../support/peers/pppd.ts";
import { PptpClient } from "../../support/peers/pptp-client.ts";
import { USERS } from "./users.ts";

/**
 * All that an administrator can switch on; without it, most of what a client says is refused early. With two
 * addresses in the pool, so that there are none left now and then.
 */
const permissive = (config: Config): Config => ({
  ...config,
  tunnel: {
    ...config.tunnel,
    pool: [{ first: parseIpv4("10.77.0.20")!, last: parseIpv4("10.77.0.21")! }],
  },
  security: {
    authentication: ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"],
    mppeStrengths: [128, 56, 40],
    mppeStateful: true,
  },
});

/** A server that lives through many dialogues. */
export interface FuzzedWorld {
  readonly world: World;
  /** PPP frames of a client's good dial. */
  readonly recorded: readonly Uint8Array[];
  /** Timers that run, and addresses that are free, while nobody is there. */
  readonly idle: { readonly timers: number; readonly addresses: number };
  close(): Promise<void>;
}

/** With everything allowed, or as it is installed. */
export async function openWorld(everything: boolean): Promise<FuzzedWorld> {
  const after: (() => unknown)[] = [];
  const context = { after: (work: () => unknown) => after.unshift(work) } as unknown as TestContext;
  const world = await createWorld(context, everything ? permissive : undefined);
  for (const user of USERS) await world.store.users.create(user);
  const recorded = await record(world);
  const idle = { timers: world.clock.pending(), addresses: world.concentrator.status().addressesFree };
  const close = async () => {
    for (const work of after) await work();
  };
  return { world, recorded, idle, close };
}

/** A client dials, comes up and hangs up. Throws where it does not. */
export async function record(world: World): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  const gre = (from: number, octets: Uint8Array) => {
    const packet = greOf(octets, (octets[6]! << 8) | octets[7]!);
    if (packet !== undefined) frames.push(Uint8Array.from(packet.payload));
    world.gre(from, octets);
  };
  const client = new PptpClient({ ...world, gre }, SENDS_ONCE, { from: parseIpv4("203.0.113.250")! });
  client.dial();
  await world.settle();
  if (!client.up) throw new Error(`a good client does not come up: ${client.seen.join(", ")}`);
  client.hangUp();
  await world.settle();
  client.tcp?.close();
  await quiet(world);
  return frames;
}

/** Every client is gone: after the longest goodbye, nothing may be left to happen. */
export async function quiet(world: World): Promise<void> {
  world.receivers.clear();
  await world.clock.advance(5_000);
  for (let round = 0; round < 4; round += 1) await world.settle();
  world.tun.take();
}
