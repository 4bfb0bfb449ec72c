import assert from "node:assert/strict";
import { ccp } from "../../../server/ppp/ccp/ccp.ts";
import { ipcp } from "../../../server/ppp/ipcp/ipcp.ts";
import { lcp } from "../../../server/ppp/lcp/lcp.ts";
import { negotiate } from "../../../server/ppp/negotiation/negotiate.ts";
import {
  createNegotiation,
  type Negotiation,
  type NegotiationEffect,
  type NegotiationEvent,
} from "../../../server/ppp/negotiation/negotiation.ts";
import type { Protocol } from "../../../server/ppp/negotiation/protocol.ts";
import { encodeOptions } from "../../../server/ppp/option-list.ts";
import { decodePacket, encodePacket, type Packet } from "../../../server/ppp/packet.ts";
import { octets } from "../../../server/wire/units.ts";
import { fc } from "../../support/fc.ts";
import { mutated } from "../changes.ts";
import { type Chunk, chunks, unpack } from "../chunks.ts";
import { CCP, INSIDE, IPCP, LCP, OUTSIDE } from "../seeds.ts";
import type { Target } from "../target.ts";

/** A negotiation and its one timer. */
class Run<P> {
  negotiation: Negotiation<P>;
  armed = false;
  over = false;

  constructor(protocol: Protocol<P>, policy: P) {
    this.negotiation = createNegotiation(protocol, policy);
    this.feed({ type: "up", blind: false });
    this.feed({ type: "open" });
  }

  feed(event: NegotiationEvent): void {
    const [next, ...effects] = negotiate(this.negotiation, event);
    this.negotiation = next;
    assert.ok(effects.length <= 8, `${effects.length} effects of one event`);
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: NegotiationEffect): void {
    if (effect.do === "arm") this.armed = true;
    if (effect.do === "disarm") this.armed = false;
    if (effect.do === "failed") this.over = true;
    if (effect.do === "send") assert.ok(decodePacket(encodePacket(effect.packet)).ok);
  }
}

/** The packet, with the identifier that is waited for where the tag says so, or with what was asked. */
function adapted<P>(packet: Packet, tag: number, { awaiting, asking }: Negotiation<P>): Packet {
  const isReply = packet.code >= 2 && packet.code <= 4;
  if (!isReply || awaiting === undefined || tag < 0x40) return packet;
  const data = tag > 0xa0 ? encodeOptions(asking) : packet.data;
  return { ...packet, identifier: awaiting.identifier, data };
}

function eventOf<P>({ tag, octets: input }: Chunk, run: Run<P>): NegotiationEvent | undefined {
  if (tag < 8) return { type: "close", text: "bye" };
  if (tag < 16) return { type: "open" };
  if (tag < 32) return run.armed ? { type: "timeout" } : undefined;
  const packet = decodePacket(input);
  return packet.ok ? { type: "packet", packet: adapted(packet.value, tag, run.negotiation) } : undefined;
}

/** Ours: more than any Restart counter allows. */
const MOST_TIMEOUTS = 40;

function negotiation<P>(protocol: Protocol<P>, policy: P, seeds: readonly Uint8Array[]): Target {
  return {
    name: protocol.name,
    share: 40,
    inputs: chunks(fc.oneof(mutated(seeds), fc.constantFrom(...seeds)), 24),
    run(input) {
      const run = new Run(protocol, policy);
      for (const chunk of unpack(input)) {
        const event = eventOf(chunk, run);
        if (event?.type === "timeout") run.armed = false;
        if (event !== undefined) run.feed(event);
        if (run.over) return;
      }
      for (let count = 0; run.armed && !run.over; count += 1) {
        assert.ok(count < MOST_TIMEOUTS, "its timer never stops");
        run.armed = false;
        run.feed({ type: "timeout" });
      }
    },
  };
}

export const negotiations: readonly Target[] = [
  negotiation(
    lcp,
    {
      mru: octets(1400),
      magic: 0xaa471106,
      authentication: ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"],
    },
    LCP,
  ),
  negotiation(ccp, { strengths: [128, 56, 40], stateful: true }, CCP),
  negotiation(ipcp, { local: OUTSIDE, remote: INSIDE, dns: [OUTSIDE], wins: [] }, IPCP),
];
