import type { LinkEffect } from "./link-types.ts";
import type { Phase, PhaseNext } from "./phase.ts";

/** One transition after another: the effects of both, in that order. */
export function andThen([phase, ...effects]: PhaseNext, then: (phase: Phase) => PhaseNext): PhaseNext {
  const [next, ...more] = then(phase);
  return [next, ...effects, ...more];
}

/** A transition with effects behind its own. */
export const withEffects = ([phase, ...effects]: PhaseNext, ...more: readonly LinkEffect[]): PhaseNext => [
  phase,
  ...effects,
  ...more,
];
