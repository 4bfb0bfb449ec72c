import { type Millis, seconds } from "../../wire/units.ts";
import { ascii } from "../ascii.ts";
import type { Packet } from "../packet.ts";
import { CHAP, decodeMsChapResponse, encodeChapValue, type MsChapResponse, NO_MESSAGE } from "./chap.ts";
import { failureMessage, successMessage } from "./messages.ts";

/** Wait for a Response before the Challenge is sent again. RFC 1994 §4.1 leaves the period open; as in RFC 1661 §4.6. */
export const CHALLENGE_WAIT: Millis = seconds(3);

/** Challenges sent before the peer is given up; RFC 1994 §4.1 leaves the number open. */
export const MAX_CHALLENGES = 10;

/** The MS-CHAPv2 authenticator (RFC 2759), from the first Challenge to the verdict. */
export type Authenticator =
  | (Common & { readonly at: "challenging"; readonly sent: number })
  /** The room checks a Response. */
  | (Common & { readonly at: "verifying"; readonly withText: boolean })
  /** The Response was right; the Success waits until the layers above can receive. */
  | (Common & { readonly at: "verified"; readonly withText: boolean; readonly proof: Uint8Array })
  /** The verdict has gone out; copies of the Response get it again (RFC 1994 §4.2). */
  | (Common & { readonly at: "settled"; readonly verdict: Packet });

interface Common {
  readonly identifier: number;
  readonly challenge: Uint8Array;
  /** Ours, in the Challenge. */
  readonly name: string;
}

export type AuthenticatorEvent =
  | { readonly type: "start" }
  | { readonly type: "timeout" }
  | { readonly type: "packet"; readonly packet: Packet }
  /** The Response was right: 20 octets for the Success (RFC 2759 §8.7). */
  | { readonly type: "right"; readonly proof: Uint8Array }
  | { readonly type: "wrong" }
  /** The layers above can receive: send the Success. */
  | { readonly type: "admit" };

export type AuthenticatorEffect =
  | { readonly do: "send"; readonly packet: Packet }
  | { readonly do: "arm"; readonly after: Millis }
  | { readonly do: "disarm" }
  | { readonly do: "verify"; readonly response: MsChapResponse }
  | { readonly do: "unanswered" };

type Next = readonly [Authenticator, ...AuthenticatorEffect[]];

/** An authenticator that has sent nothing yet. */
export function createAuthenticator(identifier: number, challenge: Uint8Array, name: string): Authenticator {
  return { at: "challenging", sent: 0, identifier, challenge, name };
}

/** Pure. Events that mean nothing in a state, malformed and foreign packets move nothing. */
export function authenticator(state: Authenticator, event: AuthenticatorEvent): Next {
  switch (event.type) {
    case "start":
      return state.at === "challenging" ? challenge(state) : [state];
    case "timeout":
      if (state.at !== "challenging") return [state];
      return state.sent < MAX_CHALLENGES ? challenge(state) : [state, { do: "unanswered" }];
    case "packet":
      return receive(state, event.packet);
    case "right":
      if (state.at !== "verifying") return [state];
      return [{ ...common(state), at: "verified", withText: state.withText, proof: event.proof }];
    case "wrong":
      if (state.at !== "verifying") return [state];
      return settle(state, CHAP.failure, failureMessage(state.challenge, state.withText));
    case "admit":
      if (state.at !== "verified") return [state];
      return settle(state, CHAP.success, successMessage(state.proof, state.withText));
  }
}

function challenge(state: Authenticator & { at: "challenging" }): Next {
  const data = encodeChapValue({ value: state.challenge, name: ascii(state.name) });
  return [
    { ...state, sent: state.sent + 1 },
    { do: "send", packet: { code: CHAP.challenge, identifier: state.identifier, data } },
    { do: "arm", after: CHALLENGE_WAIT },
  ];
}

/** While the room verifies, copies are ignored; afterwards they mean that our verdict was lost. */
function receive(state: Authenticator, packet: Packet): Next {
  if (packet.code !== CHAP.response || packet.identifier !== state.identifier) return [state];
  if (state.at === "settled") return [state, { do: "send", packet: state.verdict }];
  if (state.at !== "challenging" || state.sent === 0) return [state];
  const response = decodeMsChapResponse(packet);
  if (!response.ok) return [state];
  const withText = (response.value.flags & NO_MESSAGE) === 0;
  return [
    { ...common(state), at: "verifying", withText },
    { do: "disarm" },
    { do: "verify", response: response.value },
  ];
}

function settle(state: Authenticator, code: number, data: Uint8Array): Next {
  const verdict = { code, identifier: state.identifier, data };
  return [
    { ...common(state), at: "settled", verdict },
    { do: "send", packet: verdict },
  ];
}

const common = ({ identifier, challenge, name }: Authenticator): Common => ({ identifier, challenge, name });
