import type { LinkEffect, LinkEvent } from "./link-types.ts";
import type { Phase } from "./phase.ts";

type Question = Extract<LinkEffect, { do: "verify" | "assign-address" }>;
type Answer = Extract<LinkEvent, { type: "verified" | "assigned" }>["type"];

/**
 * What the link has asked and has no answer to: one question at a time. LCP that is negotiated anew may leave
 * one open whose answer no longer means anything. Until it comes, a question of the new round is held back,
 * so that a late answer about one log-in is never taken for that about another.
 */
export interface Questions {
  readonly open: Answer | undefined;
  /** The open question is of a round that LCP has ended. */
  readonly stale: boolean;
  readonly held: Question | undefined;
}

export const NOTHING_ASKED: Questions = { open: undefined, stale: false, held: undefined };

const ANSWER_TO: Readonly<Record<Question["do"], Answer>> = {
  verify: "verified",
  "assign-address": "assigned",
};

/** An answer comes. Is it to be heeded? If not, what was held back may be asked now. */
export function answer(
  questions: Questions,
  given: Answer,
): readonly [Questions, heed: boolean, ...LinkEffect[]] {
  const { open, stale, held } = questions;
  if (given !== open) return [questions, false];
  if (!stale) return [NOTHING_ASKED, true];
  return held === undefined ? [NOTHING_ASKED, false] : [waiting(held), false, held];
}

/** Keeps account of what the effects that led to `phase` ask, and lets one question through. */
export function ask(
  questions: Questions,
  phase: Phase,
  effects: readonly LinkEffect[],
): readonly [Questions, ...LinkEffect[]] {
  // Nothing is asked before LCP is open: a question that is open here was asked before LCP went down.
  let now: Questions =
    phase.at === "establishing" ? { ...questions, stale: true, held: undefined } : questions;
  if (now.open === undefined) now = NOTHING_ASKED;
  const out: LinkEffect[] = [];
  for (const effect of effects) {
    if (effect.do !== "verify" && effect.do !== "assign-address") out.push(effect);
    else if (now.open !== undefined) now = { ...now, held: effect };
    else {
      now = waiting(effect);
      out.push(effect);
    }
  }
  return [now, ...out];
}

const waiting = (question: Question): Questions => ({
  open: ANSWER_TO[question.do],
  stale: false,
  held: undefined,
});
