import { START_WAIT } from "../limits.ts";
import type { Control, Next } from "./control-state.ts";
import { established } from "./established.ts";
import { idle } from "./idle.ts";
import type { ControlEvent } from "./machine-types.ts";
import { late } from "./notes.ts";
import { waitStopReply } from "./wait-stop-reply.ts";

/**
 * A control connection whose TCP has just opened, and its first effects. `name` stands as Host Name and
 * Vendor Name in the Start-Reply: at most 64 octets of ASCII.
 */
export function initialControl(name: string, firmwareRevision = 0): Next {
  return [
    { at: "idle", identity: { name, firmwareRevision } },
    { do: "arm", timer: "start", after: START_WAIT },
  ];
}

/** The PAC's machine of one control connection (RFC 2637 §3.1.2) and of the calls in it (§3.2.4.1). */
export function control(state: Control, event: ControlEvent): Next {
  switch (state.at) {
    case "idle":
      return idle(state, event);
    case "established":
      return established(state, event);
    case "wait-stop-reply":
      return waitStopReply(state, event);
    case "closed":
      return event.type === "tcp-closed" ? [state] : late(state, event);
  }
}
