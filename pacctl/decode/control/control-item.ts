import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import type { DecodeFault } from "../../../server/wire/decoded.ts";
import type { TcpHole } from "../../capture/captured.ts";

/** What stood in one direction of a control connection. */
export type ControlItem =
  | { readonly kind: "message"; readonly message: ControlMessage; readonly octets: Uint8Array }
  /** The beginning of a message of `length` octets whose end is not in the capture. */
  | {
      readonly kind: "begun";
      readonly message: CutMessage;
      readonly octets: Uint8Array;
      readonly length: number;
      readonly why: TcpHole["why"];
    }
  /** Octets of messages that cannot be told apart, since the capture lacks where they begin. */
  | { readonly kind: "unread"; readonly length: number; readonly why: TcpHole["why"] }
  /**
   * Octets that are no message; `octets`: the beginning of `length`. `last`: nothing more is looked for here.
   * `first`: no message came before. `certain`: the sender is at fault, and not a capture that joined in the
   * midst or lacks octets.
   */
  | {
      readonly kind: "fault";
      readonly code: DecodeFault;
      readonly octets: Uint8Array;
      readonly length: number;
      readonly last: boolean;
      readonly first: boolean;
      readonly certain: boolean;
    };
