import type { CallId } from "../../wire/call-id.ts";
import type { Millis } from "../../wire/units.ts";
import type { ControlMessage, OutgoingCallRequest } from "../messages/message.ts";

/** Timers of a control connection (RFC 2637 §3.1.4, §3.2). */
export type ControlTimer = "start" | "silence" | "echo" | "stop";

/** What can happen to a control connection. */
export type ControlEvent =
  | { readonly type: "message"; readonly message: ControlMessage; readonly statistics: CallStatistics }
  | { readonly type: "timer"; readonly timer: ControlTimer }
  /** There is a call ID, and the data plane is open for it. */
  | { readonly type: "call-accepted"; readonly token: number; readonly callId: CallId }
  /** There is no place: result and error as RFC 2637 §2.8 names them (`CALL_RESULT`, `GENERAL_ERROR`). */
  | { readonly type: "call-refused"; readonly token: number; readonly result: number; readonly error: number }
  /** One call ends from our side (administrator, PPP ended): Call-Disconnect-Notify goes out. */
  | {
      readonly type: "hang-up";
      readonly callId: CallId;
      /**
       * RFC 2637 §2.13 (`DISCONNECT_RESULT`): 1 lost carrier, 2 general error, 3 admin shutdown, 4 request.
       */
      readonly result: number;
      /** RFC 2637 §2.16 (`GENERAL_ERROR`), for a general error alone; not said: PAC-Error. */
      readonly error?: number;
      /** As `CallStatistics` gives it. */
      readonly statistics: string;
    }
  /** Everything ends: Call-Disconnect-Notify for each call, then Stop. */
  | { readonly type: "shut-down"; readonly statistics: CallStatistics }
  | { readonly type: "tcp-closed" };

/**
 * What a Call-Disconnect-Notify says of a call that was up (RFC 2637 §2.13), asked for when one goes out. For
 * the client's log; cut to 128 octets of printable ASCII. Tells facts of this client alone.
 */
export type CallStatistics = (callId: CallId) => string;

/** What the runner must do, in this order. */
export type ControlEffect =
  | { readonly do: "send"; readonly message: ControlMessage }
  | { readonly do: "arm"; readonly timer: ControlTimer; readonly after: Millis }
  | { readonly do: "disarm"; readonly timer: ControlTimer }
  /**
   * Find a call ID and open the data plane, then answer with `call-accepted` or `call-refused` and this
   * token.
   */
  | { readonly do: "place-call"; readonly token: number; readonly request: OutgoingCallRequest }
  /** The Outgoing-Call-Reply has been sent: PPP may start. */
  | { readonly do: "call-up"; readonly callId: CallId }
  /** The call is over, whoever ended it. What is held for it is to be released. */
  | { readonly do: "call-down"; readonly callId: CallId; readonly cause: CallEnd }
  /** Worth a counter or a line in a trace, nothing else to do; the message it is about, where it is one. */
  | { readonly do: "note"; readonly note: ControlNote; readonly message?: ControlMessage }
  /**
   * Close TCP: "end" after what is queued, "destroy" at once. The last effect; the machine is in its last
   * state.
   */
  | { readonly do: "close"; readonly how: "end" | "destroy"; readonly cause: ControlEnd };

export type CallEnd =
  | "call-clear"
  | "hung-up"
  | "stopped"
  | "control-lost"
  | "echo-timeout"
  | "shut-down"
  | "protocol-error";
export type ControlEnd =
  | "start-timeout"
  | "echo-timeout"
  | "stopped-by-peer"
  | "stopped-by-us"
  | "peer-closed"
  | "bad-version"
  | "protocol-error";

/** Things worth a line in a trace or a counter. */
export type ControlNote =
  /** A message that this state does not expect. No answer. */
  | "out-of-order"
  /** A message for a call that does not live. No answer. */
  | "unknown-call"
  /** A message that only a PNS has a use for, or about an incoming call, which we never place. No answer. */
  | "ignored"
  | "set-link-info"
  /** Refused with an Outgoing-Call-Reply: the client's call ID is in use on this connection. */
  | "duplicate-call"
  /**
   * Refused with an Outgoing-Call-Reply: `MAX_CALLS`, or we are stopping; or an incoming call, with its
   * reply.
   */
  | "call-refused"
  /**
   * A timer or an answer that comes after the machine has moved on: it had crossed with something
   * else.
   */
  | "stale";
