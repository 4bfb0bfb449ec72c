import { PROTOCOL } from "../protocols.ts";
import type { AuthenticatorEffect, AuthenticatorEvent } from "./authenticator-types.ts";
import { type ChapAuthenticator, chapAuthenticator, createChapAuthenticator } from "./chap-authenticator.ts";
import type { AuthMethod } from "./credentials.ts";
import { createPapAuthenticator, type PapAuthenticator, papAuthenticator } from "./pap-authenticator.ts";

/**
 * Whoever asks the client who it is, by the method that LCP agreed on. `at` means the same in all of them.
 */
export type Authenticator = ChapAuthenticator | PapAuthenticator;

/**
 * An authenticator that has sent nothing yet. Of `seed`, 16 octets that were never used, it takes its
 * challenge; `identifier` and our `name` go with it. PAP needs none of them.
 */
export function createAuthenticator(
  method: AuthMethod,
  identifier: number,
  seed: Uint8Array,
  name: string,
): Authenticator {
  return method === "pap"
    ? createPapAuthenticator()
    : createChapAuthenticator(method, identifier, seed, name);
}

/** Pure. Events that mean nothing in a state, malformed and foreign packets move nothing. */
export function authenticator(
  state: Authenticator,
  event: AuthenticatorEvent,
): readonly [Authenticator, ...AuthenticatorEffect[]] {
  return state.method === "pap" ? papAuthenticator(state, event) : chapAuthenticator(state, event);
}

/** The PPP protocol that this authenticator speaks. */
export const protocolOf = ({ method }: Authenticator): number =>
  method === "pap" ? PROTOCOL.pap : PROTOCOL.chap;
