import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { ipv4Packet } from "../support/packets/ipv4.ts";
import type { Habits } from "../support/peers/habits.ts";
import { SENDS_ONCE } from "../support/peers/pppd.ts";
import { type Dial, PptpClient } from "../support/peers/pptp-client.ts";
import type { World } from "./world.ts";

/** A user of the store, and the same one as a client logs in. */
export const ALICE = { name: "alice", password: "s3cret", enabled: true, staticAddress: null };
export const BOB = { name: "bob", password: "hunter2", enabled: true, staticAddress: null };

/** What a test may change about a client: who dials, and what it does otherwise than pptp-linux. */
export type Changes = Partial<Omit<Dial, "from"> & Habits>;

/** A client that dials from `from`, and sends everything once. */
export const client = (world: World, changes: Changes = {}, from = "198.51.100.7"): PptpClient =>
  new PptpClient(world, { ...SENDS_ONCE, ...changes }, { ...changes, from: parseIpv4(from)! });

/** A world in which alice exists and is connected. */
export async function withAliceUp(world: World): Promise<PptpClient> {
  await world.store.users.create(ALICE);
  const alice = client(world);
  alice.dial();
  await world.settle();
  if (!alice.up) throw new Error(`alice did not come up: ${alice.seen.join(", ")}`);
  return alice;
}

/** The newest attempt on record, with its trace. */
export async function lastAttempt(world: World) {
  await world.settle();
  const { items } = await world.store.attempts.list({ limit: 1 });
  return (await world.store.attempts.find(items[0]!.id))!;
}

/** An inner UDP packet of `size` octets of payload. */
export const inner = (source: string, destination: string, size: number): Uint8Array =>
  ipv4Packet({
    source: parseIpv4(source)!,
    destination: parseIpv4(destination)!,
    protocol: 17,
    payload: new Uint8Array(size),
  });
