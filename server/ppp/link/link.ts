import { onAssigned, onVerified } from "./authenticate.ts";
import { close, end } from "./closing.ts";
import { start } from "./establish.ts";
import { alive, probe } from "./keepalive.ts";
import { account } from "./link-timers.ts";
import type { LinkEffect, LinkEnd, LinkEvent, LinkPolicy, LinkSeeds, LinkTimer } from "./link-types.ts";
import { onFrame } from "./on-frame.ts";
import { onTimer } from "./on-timer.ts";
import { onCoherencyLost } from "./open-ccp.ts";
import type { Phase, PhaseNext } from "./phase.ts";
import { answer, ask, NOTHING_ASKED, type Questions } from "./questions.ts";

/** A PPP link with one client, from the call reply to the last effect. Opaque to the room that runs it. */
export interface LinkState {
  readonly phase: Phase;
  /** Timers that run. */
  readonly armed: ReadonlySet<LinkTimer>;
  /** What the room was asked and has not answered. */
  readonly questions: Questions;
}

/** A link that waits for `start`. */
export function createLink(policy: LinkPolicy, seeds: LinkSeeds): LinkState {
  return { phase: { at: "idle", policy, seeds }, armed: new Set(), questions: NOTHING_ASKED };
}

/** Why a link that has sent its goodbye is ending; undefined before that. */
export const closingCause = ({ phase }: LinkState): LinkEnd | undefined =>
  phase.at === "closing" ? phase.cause : undefined;

/**
 * Leads a client through LCP, MS-CHAPv2, CCP and IPCP. Pure: effects are to be performed in order, all of
 * them before the next event. Any event may come at any time; one that means nothing where the link stands
 * moves nothing. After `ended` there are no more effects and no timer runs.
 */
export function link(state: LinkState, event: LinkEvent): readonly [LinkState, ...LinkEffect[]] {
  if (event.type === "timer" && !state.armed.has(event.timer)) return [state];
  if (event.type === "verified" || event.type === "assigned") {
    const [questions, heed, ...late] = answer(state.questions, event.type);
    if (!heed) return [{ ...state, questions }, ...late];
    return advance({ ...state, questions }, event);
  }
  return advance(state, event);
}

function advance(state: LinkState, event: LinkEvent): readonly [LinkState, ...LinkEffect[]] {
  const [phase, ...effects] = step(state.phase, event);
  const before = new Set(state.armed);
  if (event.type === "timer") before.delete(event.timer);
  const [armed, timed] = account(before, effects);
  const [questions, ...out] = ask(state.questions, phase, timed);
  return [{ phase, armed, questions }, ...out];
}

function step(phase: Phase, event: LinkEvent): PhaseNext {
  switch (event.type) {
    case "start":
      return phase.at === "idle" ? start(phase) : [phase];
    case "frame":
      return onFrame(phase, event.frame.slice()); // parts of it are kept, and the room may use the memory again
    case "timer":
      return onTimer(phase, event.timer);
    case "verified":
      return onVerified(phase, event.outcome);
    case "assigned":
      return onAssigned(phase, event.assignment);
    case "coherency-lost":
      return onCoherencyLost(phase);
    case "alive":
      return alive(phase);
    case "probe":
      return probe(phase);
    case "close":
      if (phase.at === "idle") return end({ code: "closed" });
      if (phase.at === "closing" || phase.at === "ended") return [phase];
      return close(phase, { code: "closed" }, event.text);
  }
}
