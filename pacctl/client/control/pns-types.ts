import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import type { CallId, PeerCallId } from "../../../server/wire/call-id.ts";
import type { Millis } from "../../../server/wire/units.ts";

/** Where the control connection stands, as its PNS leads it (RFC 2637 §3.1.1, §3.2.4.2). */
export type Pns =
  /** TCP is open, nothing is sent. */
  | { readonly at: "idle"; readonly call: OwnCall }
  /** Start-Request is out. */
  | { readonly at: "starting"; readonly call: OwnCall }
  /** Outgoing-Call-Request is out. */
  | { readonly at: "calling"; readonly call: OwnCall }
  | {
      readonly at: "connected";
      readonly call: OwnCall;
      readonly serverCallId: CallId;
      readonly echoes: number;
    }
  /** Call-Clear-Request is out, as a part of hanging up. */
  | { readonly at: "clearing" }
  /** Stop-Request is out. */
  | { readonly at: "stopping" }
  | { readonly at: "ended" };

export interface OwnCall {
  /** Our call ID, the PNS's: the key of the GRE packets that the server sends. */
  readonly callId: PeerCallId;
  readonly serialNumber: number;
}

export type PnsTimer = "reply" | "silence" | "echo";

export type PnsEvent =
  /** TCP is open. */
  | { readonly type: "start" }
  | { readonly type: "message"; readonly message: ControlMessage }
  /** The stream is no PPTP, or no longer. */
  | { readonly type: "fault" }
  /** TCP is closed. */
  | { readonly type: "closed" }
  | { readonly type: "timer"; readonly timer: PnsTimer }
  | { readonly type: "hang-up" };

export type PnsEffect =
  | { readonly do: "send"; readonly message: ControlMessage }
  | { readonly do: "arm"; readonly timer: PnsTimer; readonly after: Millis }
  | { readonly do: "disarm"; readonly timer: PnsTimer }
  /** The server introduced itself. */
  | { readonly do: "greeted"; readonly hostName: string; readonly vendorName: string }
  /** The call is up: GRE may flow. */
  | { readonly do: "call-up"; readonly serverCallId: CallId }
  /** The last effect: TCP is to be closed. */
  | { readonly do: "ended"; readonly cause: PnsEnd };

export type PnsEnd =
  | { readonly code: "hung-up" }
  /** The first octets were no PPTP message, or the stream lost its place. */
  | { readonly code: "not-pptp" }
  | { readonly code: "start-refused"; readonly result: number }
  | { readonly code: "start-unanswered" }
  | { readonly code: "call-refused"; readonly result: number; readonly error: number }
  | { readonly code: "call-unanswered" }
  /** Call-Disconnect-Notify; `text` is its Call Statistics. */
  | {
      readonly code: "call-disconnected";
      readonly result: number;
      readonly error: number;
      readonly cause: number;
      readonly text: string;
    }
  /** Call-Clear-Request, which RFC 2637 §2.12 gives to the client alone; a Windows server sends it. */
  | { readonly code: "call-cleared" }
  /** Stop-Control-Connection-Request. */
  | { readonly code: "stopped"; readonly reason: number }
  /** TCP was closed before either side hung up. */
  | { readonly code: "connection-lost" }
  | { readonly code: "echo-unanswered" };

export type PnsNext = readonly [Pns, ...PnsEffect[]];
