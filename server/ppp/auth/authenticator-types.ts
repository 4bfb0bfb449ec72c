import type { Millis } from "../../wire/units.ts";
import type { Packet } from "../packet.ts";
import type { Credentials } from "./credentials.ts";
import type { AuthFailure } from "./log-in-outcome.ts";

export type AuthenticatorEvent =
  /**
   * LCP is open; or it was opened once more by a copy, which says that the client has heard nothing since.
   */
  | { readonly type: "start" }
  | { readonly type: "timeout" }
  | { readonly type: "packet"; readonly packet: Packet }
  /** The client is who it says; `proof` goes into the Success of MS-CHAPv2 (RFC 2759 §8.7), 20 octets. */
  | { readonly type: "right"; readonly proof: Uint8Array | undefined }
  /**
   * `challenge`: a fresh one of 16 octets, for a client that may change its password. Undefined: there is
   * none left.
   */
  | { readonly type: "wrong"; readonly failure: AuthFailure; readonly challenge: Uint8Array | undefined }
  /** The layers above can receive: let the client in. */
  | { readonly type: "admit" };

export type AuthenticatorEffect =
  | { readonly do: "send"; readonly packet: Packet }
  | { readonly do: "arm"; readonly after: Millis }
  | { readonly do: "disarm" }
  | { readonly do: "verify"; readonly credentials: Credentials }
  /** The client says nothing any more. */
  | { readonly do: "unanswered" };
