import assert from "node:assert/strict";
import { authenticator, createAuthenticator, protocolOf } from "../../../server/ppp/auth/authenticator.ts";
import type { AuthenticatorEvent } from "../../../server/ppp/auth/authenticator-types.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import { decodePacket, encodePacket } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { fc } from "../../support/fc.ts";
import { mutated } from "../changes.ts";
import { type Chunk, chunks, unpack } from "../chunks.ts";
import { CHAP, PAP } from "../seeds.ts";
import type { Target } from "../target.ts";

const FAILURES = [691, 648, 709] as const;
const PROOF = new Uint8Array(20).fill(0xab);
const FRESH = new Uint8Array(16).fill(0x5c);

function eventOf({ tag, octets }: Chunk, method: AuthMethod): AuthenticatorEvent | undefined {
  const challenge = tag & 0x40 ? FRESH : undefined;
  switch (tag % 8) {
    case 0:
      return { type: "timeout" };
    case 1:
      return { type: "right", proof: method === "ms-chap-v2" ? PROOF : undefined };
    case 2:
      return { type: "wrong", failure: FAILURES[tag % 3]!, challenge };
    case 3:
      return { type: "admit" };
    default: {
      const packet = decodePacket(octets);
      return packet.ok ? { type: "packet", packet: packet.value } : undefined;
    }
  }
}

function authentication(method: AuthMethod, share: number, seeds: readonly Uint8Array[]): Target {
  return {
    name: method,
    share,
    inputs: chunks(fc.oneof(mutated(seeds), fc.constantFrom(...seeds)), 16),
    run(input) {
      let state = createAuthenticator(method, 1, new Uint8Array(16), "pacd");
      assert.equal(protocolOf(state), method === "pap" ? PROTOCOL.pap : PROTOCOL.chap);
      let asked = 0;
      const feed = (event: AuthenticatorEvent) => {
        const [next, ...effects] = authenticator(state, event);
        state = next;
        assert.ok(effects.length <= 3, `${effects.length} effects of one event`);
        for (const effect of effects) {
          if (effect.do === "verify") asked += 1;
          if (effect.do === "send") assert.ok(decodePacket(encodePacket(effect.packet)).ok);
        }
      };
      feed({ type: "start" });
      for (const chunk of unpack(input)) {
        const event = eventOf(chunk, method);
        if (event !== undefined) feed(event);
      }
      // One Response or Request, and after E=648 another one or a Change-Password.
      assert.ok(asked <= 2, `${asked} log-ins were checked`);
    },
  };
}

export const authentications: readonly Target[] = [
  authentication("ms-chap-v2", 20, CHAP),
  authentication("ms-chap-v1", 10, CHAP),
  authentication("chap-md5", 10, CHAP),
  authentication("pap", 20, PAP),
];
