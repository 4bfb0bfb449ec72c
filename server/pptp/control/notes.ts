import type { ControlMessage } from "../messages/message.ts";
import type { Control, Next } from "./control-state.ts";
import type { CallEnd, ControlEffect, ControlEvent, ControlNote } from "./machine-types.ts";

/** Something seen, about a message. */
export const note = (kind: ControlNote, message: ControlMessage): ControlEffect => ({
  do: "note",
  note: kind,
  message,
});

/** Something that had crossed with what ended its reason: no answer, no move. */
export const stale = (state: Control): Next => [state, { do: "note", note: "stale" }];

/**
 * An event that finds no calls any more, or none yet. A call that was placed meanwhile is given back, so that
 * nothing stays held.
 */
export function late(state: Control, event: ControlEvent, cause: CallEnd = "control-lost"): Next {
  switch (event.type) {
    case "message":
      return [state, note("out-of-order", event.message)];
    case "call-accepted":
      return [state, { do: "call-down", callId: event.callId, cause }];
    case "timer":
    case "call-refused":
    case "hang-up":
    case "shut-down":
    case "tcp-closed":
      return stale(state);
  }
}
