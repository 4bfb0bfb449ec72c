import { type Millis, type Octets, octets } from "../../wire/units.ts";
import { MAX_CONFIGURE, RESTART } from "../automaton/counters.ts";
import type { Event, State } from "../automaton/table.ts";
import type { RawOption } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import type { Protocol } from "./protocol.ts";

/** One control protocol under negotiation with one peer. */
export interface Negotiation<P> {
  readonly protocol: Protocol<P>;
  readonly policy: P;
  readonly at: State;
  /** The Restart counter of RFC 1661 §4.6: transmissions left. */
  readonly restarts: number;
  /** The Restart timer's period for Terminate-Requests; Configure-Requests follow `restartAfter`. */
  readonly restart: Millis;
  /** The latest identifier that we gave a packet. */
  readonly identifier: number;
  /** What our Configure-Request asks for. */
  readonly asking: readonly RawOption[];
  /** Our Configure-Request that has no valid reply yet. */
  readonly awaiting: { readonly identifier: number; readonly asking: readonly RawOption[] } | undefined;
  /** The request above may have met nobody: send it again as soon as the peer asks for something. */
  readonly unheard: boolean;
  /** The peer's options that we acknowledged last: what holds for the way toward the peer. */
  readonly accepted: readonly RawOption[];
  /** What we asked for and the peer Nak'd since we last agreed. */
  readonly refused: readonly RawOption[];
  /** Naks in a row, ours and the peer's. */
  readonly naksSent: number;
  readonly naksReceived: number;
  /** Configure-Requests sent and Naks and Rejects given since the layer was last up. */
  readonly rounds: number;
  /** Second Acks to identical requests in Opened. */
  readonly reacks: number;
  /** Has the peer sent anything in this protocol? */
  readonly heard: boolean;
  /** What our Terminate-Request says. */
  readonly terminateText: string;
  /** Octets of a packet that the peer can receive; a refusal that would be longer is given in parts. */
  readonly peerMru: Octets;
}

export type NegotiationEvent =
  /** `blind`: nothing was heard from the peer yet, it may not be listening. */
  | { readonly type: "up"; readonly blind: boolean }
  | { readonly type: "down" }
  | { readonly type: "open" }
  | { readonly type: "close"; readonly text: string }
  /** The Restart timer expired. */
  | { readonly type: "timeout" }
  | { readonly type: "packet"; readonly packet: Packet };

export type NegotiationEffect =
  | { readonly do: "send"; readonly packet: Packet }
  | { readonly do: "arm"; readonly after: Millis }
  | { readonly do: "disarm" }
  /** This-Layer-Up, -Down, -Started, -Finished (RFC 1661 §4.4). */
  | { readonly do: "up" | "down" | "started" | "finished" }
  /** An identical Configure-Request in Opened was acknowledged once more. */
  | { readonly do: "reacked" }
  /** There will be no agreement, and the link has to end. `option` names what it broke on. */
  | { readonly do: "failed"; readonly option: string; readonly how: Failure }
  /** Illegal in this state (RFC 1661 §4.4): nothing moved. */
  | { readonly do: "illegal"; readonly event: Event };

/** Rejected by the peer, Max-Failure Naks from it or from us, or requests without end. */
export type Failure = "rejected" | "insisted" | "deadlock" | "endless";

export type NegotiationNext<P> = readonly [Negotiation<P>, ...NegotiationEffect[]];

/**
 * Without an MRU that was agreed on, 1500 octets; Configure packets of LCP go by that always (RFC 1661 §5,
 * §6.1).
 */
const DEFAULT_MRU: Octets = octets(1500);

/** A negotiation in Initial; `peerMru` is for a protocol above LCP. */
export function createNegotiation<P>(
  protocol: Protocol<P>,
  policy: P,
  peerMru: Octets = DEFAULT_MRU,
): Negotiation<P> {
  return {
    protocol,
    policy,
    at: "Initial",
    restarts: MAX_CONFIGURE,
    restart: RESTART,
    identifier: 0,
    asking: protocol.options.flatMap((option) => {
      const data = option.propose(policy);
      return data === undefined ? [] : [{ code: option.code, data }];
    }),
    awaiting: undefined,
    unheard: false,
    accepted: [],
    refused: [],
    naksSent: 0,
    naksReceived: 0,
    rounds: 0,
    reacks: 0,
    heard: false,
    terminateText: "",
    peerMru,
  };
}

/** Takes the next identifier, 0 to 255 round. */
export function takeIdentifier<P>(negotiation: Negotiation<P>): readonly [Negotiation<P>, number] {
  const identifier = (negotiation.identifier + 1) & 0xff;
  return [{ ...negotiation, identifier }, identifier];
}
