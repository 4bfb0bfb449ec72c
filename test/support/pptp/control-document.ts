import { ECHO_WAIT, PEER_SILENCE } from "../../../server/pptp/constants.ts";
import type { Control } from "../../../server/pptp/control/control-state.ts";
import type { ControlEvent, ControlTimer } from "../../../server/pptp/control/machine-types.ts";
import { START_WAIT, STOP_WAIT } from "../../../server/pptp/limits.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { MESSAGES } from "../../../server/pptp/messages/registry.ts";
import { toCallId } from "../../../server/wire/call-id.ts";
import type { Millis } from "../../../server/wire/units.ts";
import { controlFixture } from "./control-fixtures.ts";
import { messageTitle, type Outcome, outcome } from "./control-outcome.ts";
import { PLACES, type Place, placeNames } from "./control-places.ts";
import { ESTABLISHED, INTRODUCTION, MESSAGE_PROSE, STATE_PROSE } from "./control-prose.ts";

/**
 * An event of a section's table: what makes it special, and where it can be so; without `where`: everywhere
 * else.
 */
interface Case {
  readonly what: string;
  readonly event: ControlEvent;
  readonly where?: (state: Control) => boolean;
}

const HEAD = `<!-- Generated from the control machine. To write it anew after a change:
     UPDATE_DOCS=1 node --test test/unit/pptp/control/control-document.test.ts -->`;

/**
 * docs/control-connection.md: what the machine does, found by asking it for every pair of state and event.
 */
export const controlDocument = (): string =>
  `${[
    HEAD,
    "# The control connection",
    INTRODUCTION,
    `## States\n\n${table(["State", "Meaning"], STATE_PROSE)}`,
    ESTABLISHED,
    `## Messages\n\n${sent()}`,
    ...MESSAGES.map(({ code, type }) => messageSection(code, type)),
    "## Timers",
    ...TIMERS.map(timerSection),
    "## What pacd does by itself, and the end of TCP",
    ...OWN.map(([title, prose, event]) => section(title, prose, [{ what: "", event }])),
  ].join("\n\n")}\n`;

function sent(): string {
  const events = [
    ...MESSAGES.flatMap(({ type }) => casesOf(type).map(({ event }) => event)),
    ...TIMERS.map(([timer]): ControlEvent => ({ type: "timer", timer })),
    ...OWN.map(([, , event]) => event),
  ];
  const answers = PLACES.flatMap(({ state }) => events.map((event) => outcome(state, event).answer));
  const sends = new Set(
    answers.flatMap((answer) => answer.split("; ")).map((answer) => answer.split(",")[0]),
  );
  const titles = MESSAGES.map(({ type }) => messageTitle(controlFixture(type).message));
  const list = (wanted: boolean) => titles.filter((title) => sends.has(title) === wanted).join(",\n");
  return `pacd sends\n${list(true)}.\n\nIt never sends\n${list(false)}.`;
}

function messageSection(code: number, type: ControlMessage["type"]): string {
  const title = messageTitle(controlFixture(type).message);
  return section(`${title} (${code}, §2.${code})`, MESSAGE_PROSE[type], casesOf(type));
}

const message = (type: ControlMessage["type"], change: object = {}): ControlEvent => ({
  type: "message",
  message: { ...controlFixture(type).message, ...change } as ControlMessage,
  statistics: () => "statistics",
});

const hasCall = (state: Control): boolean =>
  state.at === "established" && state.calls.some((call) => call.at !== "abandoned" && call.peerCallId === 7);
const hasCallUp = (state: Control): boolean =>
  state.at === "established" && state.calls.some((call) => call.at === "up");

function casesOf(type: ControlMessage["type"]): readonly Case[] {
  switch (type) {
    case "start-control-connection-request":
      return [
        { what: "version 1.0", event: message(type) },
        {
          what: "any other version",
          event: message(type, { version: 0x0101 }),
          where: (state) => state.at === "idle",
        },
      ];
    case "outgoing-call-request":
      return [
        { what: "a new call ID", event: message(type, { callId: 0x1234 }) },
        { what: "the call ID of a call that lives", event: message(type, { callId: 7 }), where: hasCall },
      ];
    case "call-clear-request":
      return [
        { what: "the call ID of a call that lives", event: message(type, { callId: 7 }), where: hasCall },
        { what: "any other call ID", event: message(type, { callId: 0x1234 }) },
      ];
    case "set-link-info":
      return [
        {
          what: "the call ID of a call that is up",
          event: message(type, { peerCallId: 700 }),
          where: hasCallUp,
        },
        { what: "any other call ID", event: message(type, { peerCallId: 0x1234 }) },
      ];
    default:
      return [{ what: "", event: message(type) }];
  }
}

const TIMERS: readonly (readonly [ControlTimer, Millis, string])[] = [
  ["start", START_WAIT, "From the opening of TCP until the Start-Control-Connection-Request."],
  ["silence", PEER_SILENCE, "From the last message of the client on an established connection (§3.1.4)."],
  ["echo", ECHO_WAIT, "From an Echo-Request of pacd until its Echo-Reply (§3.1.4)."],
  ["stop", STOP_WAIT, "From the Stop-Control-Connection-Request of pacd until its reply."],
];

const timerSection = ([timer, after, means]: (typeof TIMERS)[number]): string =>
  section(`${timer}, ${after / 1000} s`, means, [{ what: "", event: { type: "timer", timer } }]);

const OWN: readonly (readonly [string, string, ControlEvent])[] = [
  [
    "pacd has found a place",
    "A call ID is free and the data plane is open for it (§3.2.4.1: wait_cs_ans).",
    { type: "call-accepted", token: 1, callId: toCallId(900) },
  ],
  [
    "pacd has no place",
    "All sessions or addresses are taken: busy. Other reasons have other results (§2.8).",
    { type: "call-refused", token: 1, result: 4, error: 0 },
  ],
  [
    "pacd hangs up one call",
    "The log-in failed, PPP ended, the administrator wants it so; the result says which it was (§2.13), here 3.",
    { type: "hang-up", callId: toCallId(700), result: 3, statistics: "statistics" },
  ],
  [
    "pacd stops",
    "Every call gets its goodbye (§2.13), then the connection (§2.3).",
    { type: "shut-down", statistics: () => "statistics" },
  ],
  ["TCP is closed by the client or the network", "Without a word (§3.1.4).", { type: "tcp-closed" }],
];

function section(title: string, prose: string, cases: readonly Case[]): string {
  const variants = cases.length > 1;
  const rows = cases.flatMap(({ what, event, where }) => {
    const places = PLACES.filter(({ state }) => where?.(state) ?? true);
    return grouped(places, event).map(([states, { answer, doing, next, counted }]) => [
      ...(variants ? [what] : []),
      placeNames(states),
      answer,
      doing,
      next,
      counted,
    ]);
  });
  const columns = ["State", "Answer", "Then", "Next state", "Counted as"];
  return `### ${title}\n\n${prose}\n\n${table(variants ? ["With", ...columns] : columns, rows)}`;
}

/** Places in which an event does the same stand together. */
function grouped(
  places: readonly Place[],
  event: ControlEvent,
): readonly (readonly [readonly Place[], Outcome])[] {
  const groups = Map.groupBy(places, ({ state }) => JSON.stringify(outcome(state, event)));
  return [...groups].map(([same, members]) => [members, JSON.parse(same) as Outcome]);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
