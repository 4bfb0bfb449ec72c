import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import type { Side } from "../../capture/captured.ts";
import { opposite } from "../side.ts";

/** A call ID in a message of the control connection, and by whom it was given. */
export interface NamedId {
  readonly side: Side;
  readonly id: number;
  /** Some put the other side's ID here. */
  readonly orOther: boolean;
}

/**
 * The call IDs that a message names (RFC 2637 §2.7 to §2.15). None is 0, which stands for "no such call".
 */
export function namedIds(from: Side, message: CutMessage): readonly NamedId[] {
  return all(from, message).flatMap(({ side, id, orOther }) =>
    id === undefined || id === 0 ? [] : [{ side, id, orOther }],
  );
}

/** An ID that the capture cut away is undefined. */
function all(from: Side, message: CutMessage): readonly (Omit<NamedId, "id"> & { id: number | undefined })[] {
  const to = opposite(from);
  switch (message.type) {
    case "outgoing-call-reply":
    case "incoming-call-reply":
      return [
        { side: to, id: message.peerCallId, orOther: false },
        { side: from, id: message.callId, orOther: false },
      ];
    case "incoming-call-connected":
    case "set-link-info":
    case "wan-error-notify":
      return [{ side: to, id: message.peerCallId, orOther: false }];
    case "call-clear-request":
    case "call-disconnect-notify":
      return [{ side: from, id: message.callId, orOther: true }];
    default:
      return [];
  }
}
