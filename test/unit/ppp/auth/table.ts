import assert from "node:assert/strict";
import { test } from "node:test";
import { type Authenticator, authenticator } from "../../../../server/ppp/auth/authenticator.ts";
import type {
  AuthenticatorEffect,
  AuthenticatorEvent,
} from "../../../../server/ppp/auth/authenticator-types.ts";

/** A packet from the client. */
export const packet = (code: number, identifier: number, data: Uint8Array): AuthenticatorEvent => ({
  type: "packet",
  packet: { code, identifier, data },
});

/** Where a transition leads and what it does, as words: `verifying disarm verify:pap`. */
export const words = ([next, ...effects]: readonly [Authenticator, ...AuthenticatorEffect[]]): string =>
  [next.at, ...effects.map(word)].join(" ");

function word(effect: AuthenticatorEffect): string {
  if (effect.do === "send") return `send:${effect.packet.code}/${effect.packet.identifier}`;
  if (effect.do === "verify") return `verify:${effect.credentials.method}`;
  return effect.do === "arm" ? `arm:${effect.after}` : effect.do;
}

/** One test for each event in each state; what `moves` does not list must move nothing. */
export function tableOf(
  title: string,
  states: Readonly<Record<string, Authenticator>>,
  events: Readonly<Record<string, AuthenticatorEvent>>,
  moves: Readonly<Record<string, string>>,
): void {
  const pairs = Object.keys(states).flatMap((state) => Object.keys(events).map((event) => [state, event]));
  for (const [state, event] of pairs as [string, string][]) {
    const expected = moves[`${state}, ${event}`];
    test(`${title}: ${event} when ${state}: ${expected ?? "nothing"}`, () => {
      const result = authenticator(states[state]!, events[event]!);
      assert.equal(words(result), expected ?? states[state]!.at);
      if (expected === undefined) assert.deepEqual(result[0], states[state]);
    });
  }
  test(`${title}: every move of the table is one of its states and events`, () => {
    const names = new Set(pairs.map((pair) => pair.join(", ")));
    for (const move of Object.keys(moves)) assert.ok(names.has(move), move);
  });
}
