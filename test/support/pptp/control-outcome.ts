import type { Call, Control } from "../../../server/pptp/control/control-state.ts";
import { control } from "../../../server/pptp/control/machine.ts";
import type { ControlEffect, ControlEvent } from "../../../server/pptp/control/machine-types.ts";
import { describeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";

/** What an event does in a state, in the words of docs/control-connection.md; "" for nothing. */
export interface Outcome {
  readonly answer: string;
  readonly doing: string;
  readonly next: string;
  readonly counted: string;
}

/** Asks the machine itself. Timers are left out: when they run is said once for all. */
export function outcome(before: Control, event: ControlEvent): Outcome {
  const [after, ...effects] = control(before, event);
  const column = (words: (effect: ControlEffect) => string | undefined) =>
    [...new Set(effects.map(words).filter((text) => text !== undefined))].join("; ");
  return {
    answer: column((effect) => (effect.do === "send" ? messageWords(effect.message) : undefined)),
    doing: column((effect) => doingWords(effect, before)),
    next: nextWords(before, after),
    // Set-Link-Info comes with every dial of Windows: its note has no counter.
    counted: column((effect) =>
      effect.do === "note" && effect.note !== "set-link-info" ? `\`${effect.note}\`` : undefined,
    ),
  };
}

/** As RFC 2637 writes it. */
export const messageTitle = (message: ControlMessage): string =>
  describeMessage(message).split(" ")[0]!.replace(/^Wan-/, "WAN-");

/** Title and what the codes in it mean; an error of none is nothing to tell. */
function messageWords(message: ControlMessage): string {
  const codes = [...describeMessage(message).matchAll(/ (result|error|reason)=(\d+)\(([^)]+)\)/g)]
    .filter(([, name, value]) => name !== "error" || value !== "0")
    .map(([, name, value, meaning]) => `${name} ${value} (${meaning})`);
  const statistics = "callStatistics" in message && message.callStatistics !== "" ? ["statistics"] : [];
  return [messageTitle(message), ...codes, ...statistics].join(", ");
}

function doingWords(effect: ControlEffect, before: Control): string | undefined {
  switch (effect.do) {
    case "place-call":
      return "pacd looks for a place";
    case "call-up":
      return "PPP starts";
    case "call-down":
      return wasUp(before, effect.callId)
        ? `the call ends (${effect.cause})`
        : `the place is given back (${effect.cause})`;
    case "close":
      return `TCP closes (${effect.cause})`;
    case "send":
    case "note":
    case "arm":
    case "disarm":
      return undefined;
  }
}

const wasUp = (state: Control, callId: number): boolean =>
  state.at === "established" && state.calls.some((call) => call.at === "up" && call.callId === callId);

function nextWords(before: Control, after: Control): string {
  if (before.at !== after.at) {
    const names = {
      idle: "waiting",
      established: "no call, quiet",
      "wait-stop-reply": "stopping",
      closed: "closed",
    };
    return names[after.at];
  }
  if (before.at !== "established" || after.at !== "established") return "";
  const keepalive = after.keepalive === "quiet" ? "quiet" : "echo awaited";
  return [callsWords(before.calls, after.calls), ...(before.keepalive === after.keepalive ? [] : [keepalive])]
    .filter((words) => words !== "")
    .join(", ");
}

/** What became of the one call that is not as it was. */
function callsWords(before: readonly Call[], after: readonly Call[]): string {
  const fresh = after.find((call) => !before.includes(call));
  if (fresh !== undefined) {
    return { placing: "call being placed", up: "call up", abandoned: "call abandoned" }[fresh.at];
  }
  return after.length < before.length ? "call gone" : "";
}
