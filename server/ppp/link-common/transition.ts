/** What an event makes of a link: the phase that it is in then, and what is to be done, in this order. */
export type Transition<Phase, Effect> = readonly [Phase, ...Effect[]];

/** One transition after another: the effects of both, in that order. */
export function oneAfterAnother<Phase, Effect>(
  [phase, ...effects]: Transition<Phase, Effect>,
  then: (phase: Phase) => Transition<Phase, Effect>,
): Transition<Phase, Effect> {
  const [next, ...more] = then(phase);
  return [next, ...effects, ...more];
}

/** A transition with effects in front of its own. */
export const effectsFirst = <Phase, Effect>(
  first: readonly Effect[],
  [phase, ...effects]: Transition<Phase, Effect>,
): Transition<Phase, Effect> => [phase, ...first, ...effects];
