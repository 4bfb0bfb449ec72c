import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Authenticator,
  type AuthenticatorEvent,
  authenticator,
  createAuthenticator,
  MAX_CHALLENGES,
} from "../../../../server/ppp/auth/authenticator.ts";

const common = { identifier: 3, challenge: new Uint8Array(16).fill(1), name: "pacd" };
const states: Record<string, Authenticator> = {
  unsent: createAuthenticator(3, common.challenge, "pacd"),
  challenging: { ...common, at: "challenging", sent: 1 },
  exhausted: { ...common, at: "challenging", sent: MAX_CHALLENGES },
  verifying: { ...common, at: "verifying", withText: true },
  verified: { ...common, at: "verified", withText: true, proof: new Uint8Array(20) },
  settled: { ...common, at: "settled", verdict: { code: 3, identifier: 3, data: new Uint8Array(0) } },
};

const value = Uint8Array.of(49, ...new Uint8Array(49), 0x61);
const packet = (code: number, identifier: number, data = value): AuthenticatorEvent => ({
  type: "packet",
  packet: { code, identifier, data },
});
const events: Record<string, AuthenticatorEvent> = {
  start: { type: "start" },
  timeout: { type: "timeout" },
  response: packet(2, 3),
  "foreign response": packet(2, 4),
  "short response": packet(2, 3, value.slice(1)),
  challenge: packet(1, 3),
  "change-password": packet(7, 3),
  right: { type: "right", proof: new Uint8Array(20) },
  wrong: { type: "wrong" },
  admit: { type: "admit" },
};

/** Where each event leads and what it does; what is not listed moves nothing. */
const moves: Record<string, string> = {
  "unsent start": "challenging send:1 arm",
  "unsent timeout": "challenging send:1 arm",
  "challenging start": "challenging send:1 arm",
  "challenging timeout": "challenging send:1 arm",
  "challenging response": "verifying disarm verify",
  "exhausted start": "challenging send:1 arm",
  "exhausted timeout": "challenging unanswered",
  "exhausted response": "verifying disarm verify",
  "verifying right": "verified",
  "verifying wrong": "settled send:4",
  "verified admit": "settled send:3",
  "settled response": "settled send:3",
  "settled short response": "settled send:3",
};

for (const [stateName, state] of Object.entries(states))
  for (const [eventName, event] of Object.entries(events)) {
    const pair = `${stateName} ${eventName}`;
    const expected = moves[pair] ?? state.at;
    test(`${eventName} when ${stateName}: ${moves[pair] ?? "nothing"}`, () => {
      const [next, ...effects] = authenticator(state, event);
      const words = effects.map((effect) =>
        effect.do === "send" ? `send:${effect.packet.code}` : effect.do,
      );
      assert.equal([next.at, ...words].join(" "), expected);
      if (moves[pair] === undefined) assert.equal(next, state);
      for (const effect of effects) if (effect.do === "send") assert.equal(effect.packet.identifier, 3);
    });
  }
