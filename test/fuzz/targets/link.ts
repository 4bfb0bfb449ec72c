import assert from "node:assert/strict";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import type { LinkEvent } from "../../../server/ppp/link/link-types.ts";
import { fc } from "../../support/fc.ts";
import { assignment, Dial, reach, right, wrong } from "../../unit/ppp/link/dial.ts";
import { mutated } from "../changes.ts";
import { type Chunk, chunks, unpack } from "../chunks.ts";
import { FRAMES } from "../seeds.ts";
import type { Target } from "../target.ts";

const STAGES = [undefined, "lcp", "verifying", "assigning", "ccp", "ipcp", "up"] as const;

const ALL_METHODS: readonly AuthMethod[] = ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"];

/** Policies under which a link runs; the first is the default. */
const POLICIES = [
  {},
  { authentication: ALL_METHODS, mppeStrengths: [128, 56, 40], mppeStateful: true },
] as const;

/** Ours: no client that has fallen silent is waited for through more timers than this. */
const MOST_TIMERS = 200;

function eventOf({ tag, octets: frame }: Chunk, dial: Dial): LinkEvent {
  const timer = [...dial.armed][tag >>> 4];
  if (tag % 16 === 0 && timer !== undefined) return { type: "timer", timer };
  switch (tag) {
    case 1:
      return { type: "verified", outcome: wrong };
    case 2:
      return { type: "verified", outcome: { ...right, encryptionRequired: false } };
    case 3:
      return { type: "verified", outcome: { ok: false, failure: 648 } };
    case 4:
      return { type: "assigned", assignment: undefined };
    case 5:
      return { type: "alive" };
    case 6:
      return { type: "coherency-lost" };
    case 7:
      return { type: "close", text: "bye" };
    case 8:
      return { type: "start" };
    case 9:
      return { type: "probe" };
    default:
      return { type: "frame", frame };
  }
}

/** Answers what was asked since it looked last. */
function answer(dial: Dial, from: number): void {
  for (let at = from; at < dial.effects.length; at += 1) {
    const effect = dial.effects[at]!;
    if (effect.do === "verify") dial.verified(right);
    if (effect.do === "assign-address") dial.feed({ type: "assigned", assignment });
  }
}

export const link: Target = {
  name: "link",
  share: 60,
  inputs: chunks(fc.oneof(mutated(FRAMES), fc.constantFrom(...FRAMES)), 24),
  run(input) {
    const [first, ...rest] = unpack(input);
    if (first === undefined) return;
    const stage = STAGES[first.tag % STAGES.length];
    const dial = new Dial(stage === undefined ? POLICIES[first.tag >>> 7] : {});
    if (stage === undefined) dial.start();
    else reach[stage](dial);
    for (const chunk of rest) {
      const before = dial.effects.length;
      dial.feed(eventOf(chunk, dial));
      if (chunk.tag & 1) answer(dial, before);
    }
    answer(dial, 0);
    for (let count = 0; dial.did("ended").length === 0; count += 1) {
      assert.ok(count < MOST_TIMERS, "it lives on though the client says nothing");
      const before = dial.effects.length;
      const [timer] = dial.armed;
      assert.ok(timer !== undefined, "it waits for nothing");
      dial.expire(timer);
      answer(dial, before);
    }
    assert.equal(dial.did("ended").length, 1);
    assert.equal(dial.effects.at(-1)!.do, "ended");
    assert.deepEqual([...dial.armed], []);
  },
};
