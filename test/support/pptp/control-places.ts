import type { Call, Control, Established } from "../../../server/pptp/control/control-state.ts";
import { MAX_CALLS } from "../../../server/pptp/limits.ts";
import { toCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { STATES } from "./control-cases.ts";

/** A state of the control machine as docs/control-connection.md names it. */
export interface Place {
  readonly name: string;
  readonly state: Control;
}

const full: Established = {
  ...STATES.quiet,
  calls: Array.from(
    { length: MAX_CALLS },
    (_, i): Call => ({ at: "up", peerCallId: toPeerCallId(7 + i), callId: toCallId(700 + i) }),
  ),
  nextToken: MAX_CALLS + 1,
};

/** What calls an established connection may have, by name, and what the name means. */
export const CALL_PLACES: readonly (readonly [string, Established, string])[] = [
  [
    "no call",
    STATES.quiet,
    "The client has introduced itself and has not dialled, or all its calls are over.",
  ],
  ["call being placed", STATES.placing, "pacd looks for a call ID and opens the data plane for it."],
  ["call abandoned", STATES.abandoned, "The client has cleared a call that was being placed."],
  ["call up", STATES.up, "GRE may flow."],
  ["two calls up", STATES["two-up"], "Several calls share one connection."],
  [`${MAX_CALLS} calls`, full, "As many as pacd carries on one connection."],
];

const variant = (state: Established, keepalive: Established["keepalive"]): Established => ({
  ...state,
  keepalive,
});

/**
 * Every place there is: the calls of an established connection with and without an Echo-Request that is out.
 */
export const PLACES: readonly Place[] = [
  { name: "waiting", state: STATES.idle },
  ...CALL_PLACES.flatMap(([name, state]) => [
    { name: `${name}, quiet`, state: variant(state, "quiet") },
    { name: `${name}, echo awaited`, state: variant(state, "awaiting-echo") },
  ]),
  { name: "stopping", state: STATES.stopping },
  { name: "closed", state: STATES.closed },
];

const calls = CALL_PLACES.map(([name]) => name);
const named = (suffixes: readonly string[]) =>
  calls.flatMap((name) => suffixes.map((suffix) => `${name}, ${suffix}`));

/** Names for several places at once, the widest first. */
const WIDER: readonly (readonly [string, readonly string[]])[] = [
  ["established", named(["quiet", "echo awaited"])],
  ["established, quiet", named(["quiet"])],
  ["established, echo awaited", named(["echo awaited"])],
  ...calls.map((name) => [name, [`${name}, quiet`, `${name}, echo awaited`]] as const),
];

/** A set of places in as few words as there are names for. */
export function placeNames(places: readonly Place[]): string {
  let left = places.map(({ name }) => name);
  for (const [wider, members] of WIDER) {
    if (!members.every((name) => left.includes(name))) continue;
    const first = left.findIndex((name) => members.includes(name));
    left = left.flatMap((name, index) => (index === first ? [wider] : members.includes(name) ? [] : [name]));
  }
  return left.join("; ");
}
