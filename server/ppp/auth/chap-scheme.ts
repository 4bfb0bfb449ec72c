import type { Decoded } from "../../wire/decoded.ts";
import type { Packet } from "../packet.ts";
import type { Credentials } from "./credentials.ts";
import type { AuthFailure } from "./log-in-outcome.ts";

/** What a Response says. */
export interface ChapAnswer {
  readonly credentials: Credentials;
  /** Does the client read a Success or Failure that carries a text? */
  readonly withText: boolean;
}

/** One kind of CHAP: what distinguishes it for the one machine that runs them all. */
export interface ChapScheme {
  /** Octets of a Challenge's value, up to 16. */
  readonly challengeLength: number;
  /** Faults as in the kind's decoder: such a Response is dropped. */
  readonly read: (response: Packet, challenge: Uint8Array) => Decoded<ChapAnswer>;
  /** The Message of a Success; `proof` comes with the outcome of the log-in. */
  readonly success: (proof: Uint8Array | undefined, withText: boolean) => Uint8Array;
  /** The Message of a Failure; `challenge` is what a client would answer that may try again. */
  readonly failure: (code: AuthFailure, challenge: Uint8Array, withText: boolean) => Uint8Array;
  /** May the client change an expired password (E=648)? */
  readonly changesPassword: boolean;
}
