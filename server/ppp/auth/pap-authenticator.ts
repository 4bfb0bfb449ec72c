import { equalOctets } from "../../wire/bytes.ts";
import type { Packet } from "../packet.ts";
import type { AuthenticatorEffect, AuthenticatorEvent } from "./authenticator-types.ts";
import { ACCESS_DENIED, ACCESS_GRANTED } from "./chap-md5.ts";
import { PAP_WAIT } from "./limits.ts";
import { decodePapRequest, encodePapMessage, PAP } from "./pap.ts";

/**
 * The authenticator of PAP (RFC 1334 §2). Weak: the password itself goes over the wire, and there are no keys
 * for MPPE.
 */
export type PapAuthenticator =
  /** The client speaks first. */
  | (Common & { readonly at: "waiting" })
  /** Name and password are being checked; `claim` is the request's data. */
  | (Common & { readonly at: "verifying"; readonly identifier: number; readonly claim: Uint8Array })
  /** They were right; the Ack waits until the layers above can receive. */
  | (Common & { readonly at: "verified"; readonly identifier: number })
  /** Ack or Nak has gone out; every further request gets it again (RFC 1334 §2.2.1). */
  | (Common & { readonly at: "settled"; readonly answer: Packet });

interface Common {
  readonly method: "pap";
}

type Next = readonly [PapAuthenticator, ...AuthenticatorEffect[]];

/** An authenticator that waits for a client. */
export const createPapAuthenticator = (): PapAuthenticator => ({ method: "pap", at: "waiting" });

/** Pure. Events that mean nothing in a state, and malformed packets, move nothing. */
export function papAuthenticator(state: PapAuthenticator, event: AuthenticatorEvent): Next {
  switch (event.type) {
    case "start":
      return state.at === "waiting" ? [state, { do: "arm", after: PAP_WAIT }] : [state];
    case "timeout":
      return state.at === "waiting" ? [state, { do: "unanswered" }] : [state];
    case "packet":
      return receive(state, event.packet);
    case "right":
      if (state.at !== "verifying") return [state];
      return [{ method: "pap", at: "verified", identifier: state.identifier }];
    case "wrong":
      return state.at === "verifying" ? settle(PAP.nak, state.identifier, ACCESS_DENIED) : [state];
    case "admit":
      return state.at === "verified" ? settle(PAP.ack, state.identifier, ACCESS_GRANTED) : [state];
  }
}

/**
 * Each request has an identifier of its own, a repeated one too, and a client may want the answer to have
 * its latest.
 */
function receive(state: PapAuthenticator, packet: Packet): Next {
  if (packet.code !== PAP.request) return [state];
  const request = decodePapRequest(packet);
  if (!request.ok) return [state];
  const { identifier, data } = packet;
  switch (state.at) {
    case "waiting":
      return [
        { method: "pap", at: "verifying", identifier, claim: data },
        { do: "disarm" },
        { do: "verify", credentials: { method: "pap", ...request.value } },
      ];
    case "verifying":
      return [equalOctets(data, state.claim) ? { ...state, identifier } : state];
    case "verified":
      return [{ ...state, identifier }];
    case "settled":
      return [state, { do: "send", packet: { ...state.answer, identifier } }];
  }
}

function settle(code: number, identifier: number, text: string): Next {
  const answer = { code, identifier, data: encodePapMessage(text) };
  return [
    { method: "pap", at: "settled", answer },
    { do: "send", packet: answer },
  ];
}
