import assert from "node:assert/strict";
import { FOLD_FOR } from "../../../server/events/limits.ts";
import type { Target } from "../target.ts";
import { Dialogue } from "./dialogue.ts";
import { type FuzzedWorld, openWorld, quiet, record } from "./fuzzed-world.ts";
import { dialogues, stepsOf } from "./steps.ts";

/** Ours: octets that a server may send in answer to one step, and in a dialogue besides. */
const OCTETS_A_STEP = 16_384;
const OCTETS_BESIDES = 65_536;

/** What went wrong behind the back of the code that runs. */
const stray: unknown[] = [];
process.on("unhandledRejection", (error) => stray.push(error));
process.on("uncaughtException", (error) => stray.push(error));

/**
 * One server as it is installed, and one with everything allowed. Each lives through all dialogues until one
 * fails.
 */
const worlds: (FuzzedWorld | undefined)[] = [undefined, undefined];

async function run(input: Uint8Array): Promise<void> {
  const which = (input[0] ?? 0) % 2;
  worlds[which] ??= await openWorld(which === 1);
  try {
    await talk(worlds[which], input);
  } catch (error) {
    // It may be spoilt for every dialogue after this one.
    await worlds[which].close();
    worlds[which] = undefined;
    throw error;
  }
}

async function talk({ world, recorded, idle }: FuzzedWorld, input: Uint8Array): Promise<void> {
  const dialogue = new Dialogue(world, recorded, input[1] ?? 0);
  const { administrator, diallers } = dialogue;
  const steps = stepsOf(input.subarray(2));
  await dialogue.begin((input[0] ?? 0) >>> 3);
  for (const step of steps) await dialogue.perform(step);
  const octets = diallers.reduce((sum, { heard }) => sum + heard, 0) + octetsOf(world.tun.take());
  for (const client of diallers) client.close();
  await quiet(world);
  administrator.restore();
  await quiet(world);
  // Dials that fail are told together for a minute, and for another one where more came in that.
  for (let minute = 0; minute < 3 && world.clock.pending() > idle.timers; minute++)
    await world.clock.advance(FOLD_FOR);
  // Rejections that nobody has handled are told between two turns of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  const { sessions, addressesFree, controlConnections } = world.concentrator.status();
  assert.deepEqual(stray.splice(0), [], "thrown, and caught by nobody");
  assert.deepEqual(world.errors.splice(0), [], "error lines in the log");
  assert.deepEqual(administrator.faults, [], "the administrator was refused");
  assert.ok(octets <= OCTETS_BESIDES + steps.length * OCTETS_A_STEP, `${octets} octets sent`);
  assert.deepEqual(
    { sessions, controlConnections, addresses: addressesFree, timers: world.clock.pending() },
    { sessions: 0, controlConnections: 0, ...idle },
    "left behind",
  );
  assert.equal(administrator.pending, 0, "the administrator waits for an answer");
}

const octetsOf = (packets: readonly { readonly bytes: Uint8Array }[]): number =>
  packets.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** The whole server, as clients, an administrator and time meet it. */
export const server: Target = {
  name: "server",
  share: 20,
  inputs: dialogues,
  run,
  /** After all that was done to it, a client dials and comes up. */
  async close() {
    for (const [which, fuzzed] of worlds.entries()) {
      worlds[which] = undefined;
      if (fuzzed === undefined) continue;
      await record(fuzzed.world);
      await fuzzed.close();
    }
  },
};
