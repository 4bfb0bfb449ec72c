import { ascii } from "../ascii.ts";
import { restartAfter } from "../automaton/backoff.ts";
import type { Packet } from "../packet.ts";
import type { AuthenticatorEffect, AuthenticatorEvent } from "./authenticator-types.ts";
import { decodeChangePassword } from "./change-password.ts";
import { CHAP, encodeChapValue } from "./chap.ts";
import { chapMd5 } from "./chap-md5.ts";
import type { ChapScheme } from "./chap-scheme.ts";
import type { AuthMethod, Credentials } from "./credentials.ts";
import { CHANGE_WAIT, MAX_CHALLENGES } from "./limits.ts";
import type { AuthFailure } from "./log-in-outcome.ts";
import { msChapV1 } from "./ms-chap-v1.ts";
import { msChapV2 } from "./ms-chap-v2.ts";

export type ChapMethod = Exclude<AuthMethod, "pap">;

/** The authenticator of CHAP (RFC 1994) in its kinds, from the first Challenge to Success or Failure. */
export type ChapAuthenticator =
  /** The Challenge is out, `sent` times. */
  | (Common & { readonly at: "waiting"; readonly sent: number })
  /** What the client sent is being checked. */
  | (Claimed & { readonly at: "verifying" })
  /** It was right; the Success waits until the layers above can receive. */
  | (Claimed & { readonly at: "verified"; readonly proof: Uint8Array | undefined })
  /** Right, but expired: the client may answer the Failure by a Change-Password (RFC 2759 §7). */
  | (Claimed & { readonly at: "changing"; readonly failure: Packet })
  /** Success or Failure has gone out; copies of what it answers get it again (RFC 1994 §4.2). */
  | (Claimed & { readonly at: "settled"; readonly answer: Packet });

interface Common {
  readonly method: ChapMethod;
  /** Of our Challenge; after a Failure with E=648, of what the client sends next. */
  readonly identifier: number;
  /** What the client answers: the value of the Challenge or C= of that Failure. */
  readonly challenge: Uint8Array;
  /** Ours, in the Challenge. */
  readonly name: string;
}

interface Claimed extends Common {
  /** The client's name in its Response. */
  readonly claimant: Uint8Array;
  readonly withText: boolean;
  /** The code that Success or Failure answers: Response or Change-Password. */
  readonly answers: number;
  /** The client has had its chance to change the password. */
  readonly warned: boolean;
}

type At<S extends ChapAuthenticator["at"]> = Extract<ChapAuthenticator, { at: S }>;
type Next = readonly [ChapAuthenticator, ...AuthenticatorEffect[]];

const SCHEMES: Record<ChapMethod, ChapScheme> = {
  "ms-chap-v2": msChapV2,
  "ms-chap-v1": msChapV1,
  "chap-md5": chapMd5,
};

/**
 * An authenticator that has sent nothing yet; of `seed`, 16 octets, it takes what its kind of Challenge
 * needs.
 */
export function createChapAuthenticator(
  method: ChapMethod,
  identifier: number,
  seed: Uint8Array,
  name: string,
): ChapAuthenticator {
  const challenge = seed.subarray(0, SCHEMES[method].challengeLength);
  return { at: "waiting", sent: 0, method, identifier, challenge, name };
}

/** Pure. Events that mean nothing in a state, malformed and foreign packets move nothing. */
export function chapAuthenticator(state: ChapAuthenticator, event: AuthenticatorEvent): Next {
  switch (event.type) {
    case "start":
      return state.at === "waiting" ? challenge(state) : [state];
    case "timeout":
      if (state.at === "changing") return [state, { do: "unanswered" }];
      if (state.at !== "waiting") return [state];
      return state.sent < MAX_CHALLENGES ? challenge(state) : [state, { do: "unanswered" }];
    case "packet":
      return receive(state, event.packet);
    case "right":
      return state.at === "verifying" ? [{ ...state, at: "verified", proof: event.proof }] : [state];
    case "wrong":
      return state.at === "verifying" ? wrong(state, event.failure, event.challenge) : [state];
    case "admit": {
      if (state.at !== "verified") return [state];
      const { proof, ...claimed } = state;
      return settle(claimed, CHAP.success, SCHEMES[state.method].success(proof, state.withText));
    }
  }
}

function challenge(state: At<"waiting">): Next {
  const data = encodeChapValue({ value: state.challenge, name: ascii(state.name) });
  return [
    { ...state, sent: state.sent + 1 },
    { do: "send", packet: { code: CHAP.challenge, identifier: state.identifier, data } },
    { do: "arm", after: restartAfter(state.sent + 1) },
  ];
}

function receive(state: ChapAuthenticator, packet: Packet): Next {
  switch (state.at) {
    case "waiting":
      return state.sent > 0 && packet.identifier === state.identifier
        ? respond(state, packet, false)
        : [state];
    case "changing":
      if (packet.identifier === state.identifier)
        return packet.code === CHAP.changePassword ? change(state, packet) : respond(state, packet, true);
      // A copy of the Response that was right: the Failure was lost.
      if (packet.identifier !== state.failure.identifier || packet.code !== state.answers) return [state];
      return [state, { do: "send", packet: state.failure }];
    case "settled":
      if (packet.identifier !== state.identifier || packet.code !== state.answers) return [state];
      return [state, { do: "send", packet: state.answer }];
    case "verifying":
    case "verified":
      return [state]; // copies are ignored: the answer is on its way
  }
}

function respond(state: At<"waiting" | "changing">, packet: Packet, warned: boolean): Next {
  if (packet.code !== CHAP.response) return [state];
  const answer = SCHEMES[state.method].read(packet, state.challenge);
  if (!answer.ok) return [state];
  const { credentials, withText } = answer.value;
  const claimed = { claimant: credentials.name, withText, answers: CHAP.response, warned };
  return verify({ ...common(state), ...claimed }, credentials);
}

function change(state: At<"changing">, packet: Packet): Next {
  const change = decodeChangePassword(packet);
  if (!change.ok) return [state];
  const { claimant: name, challenge: authenticatorChallenge, withText } = state;
  const claimed = { claimant: name, withText, answers: CHAP.changePassword, warned: true };
  return verify(
    { ...common(state), ...claimed },
    { method: "change-password", name, authenticatorChallenge, ...change.value },
  );
}

const verify = (claimed: Claimed, credentials: Credentials): Next => [
  { ...claimed, at: "verifying" },
  { do: "disarm" },
  { do: "verify", credentials },
];

/** One chance to change the password, where the kind knows how and a challenge is left; else the end. */
function wrong(state: At<"verifying">, failure: AuthFailure, fresh: Uint8Array | undefined): Next {
  const { failure: message, changesPassword } = SCHEMES[state.method];
  if (failure !== 648 || !changesPassword || state.warned || fresh === undefined) {
    const code = state.answers === CHAP.changePassword && failure !== 691 ? 709 : 691;
    return settle(state, CHAP.failure, message(code, state.challenge, state.withText));
  }
  const data = message(648, fresh, state.withText);
  const packet = { code: CHAP.failure, identifier: state.identifier, data };
  const identifier = (state.identifier + 1) & 0xff;
  return [
    { ...state, at: "changing", identifier, challenge: fresh, failure: packet },
    { do: "send", packet },
    { do: "arm", after: CHANGE_WAIT },
  ];
}

function settle(claimed: Claimed, code: number, data: Uint8Array): Next {
  const answer = { code, identifier: claimed.identifier, data };
  return [
    { ...claimed, at: "settled", answer },
    { do: "send", packet: answer },
  ];
}

const common = ({ method, identifier, challenge, name }: ChapAuthenticator): Common => ({
  method,
  identifier,
  challenge,
  name,
});
