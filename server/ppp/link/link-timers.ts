import type { LinkEffect, LinkTimer } from "./link-types.ts";

/** Every timer of a link. */
export const LINK_TIMERS: readonly LinkTimer[] = [
  "first-frame",
  "lcp-restart",
  "ccp-restart",
  "ipcp-restart",
  "auth",
  "ccp-deadline",
  "ipcp-deadline",
  "echo",
  "terminate",
];

/**
 * Keeps account of the timers that run: drops a disarm of one that does not, and puts the disarms of all that
 * still do before `ended`. So a phase may disarm what it does not need without knowing what runs.
 */
export function account(
  armed: ReadonlySet<LinkTimer>,
  effects: readonly LinkEffect[],
): readonly [ReadonlySet<LinkTimer>, readonly LinkEffect[]] {
  const running = new Set(armed);
  const out: LinkEffect[] = [];
  for (const effect of effects) {
    if (effect.do === "arm") running.add(effect.timer);
    if (effect.do === "disarm" && !running.delete(effect.timer)) continue;
    if (effect.do === "ended") {
      for (const timer of running) out.push({ do: "disarm", timer });
      running.clear();
    }
    out.push(effect);
  }
  return [running, out];
}
