import type { Millis } from "../../wire/units.ts";
import { ascii } from "../ascii.ts";
import { restartAfter } from "../automaton/backoff.ts";
import { MAX_CONFIGURE, MAX_TERMINATE } from "../automaton/counters.ts";
import { type Action, type Event, timerRuns, transition } from "../automaton/table.ts";
import { CODE } from "../codes.ts";
import { encodeOptions, type RawOption } from "../option-list.ts";
import { encodePacket, type Packet } from "../packet.ts";
import type { Answer } from "./answer.ts";
import {
  type Negotiation,
  type NegotiationEffect,
  type NegotiationNext,
  takeIdentifier,
} from "./negotiation.ts";

/** What caused an event, as far as its actions need to know. */
export interface Cause {
  /** The packet that was received: replies carry its identifier, a Code-Reject its octets. */
  readonly packet?: Packet;
  /** For RCR: the options of the request and what they deserve. */
  readonly request?: readonly RawOption[];
  readonly answer?: Answer;
}

/**
 * Ours: octets of a packet that a Code-Reject returns. Fits the smallest MRU that LCP accepts (RFC 1661
 * §5.6).
 */
const REJECTED_COPY = 124;

/** What stands before the data of a packet, and before the value of an option. */
const HEADER = 4;
const OPTION_HEADER = 2;

/** Moves the automaton by one event of RFC 1661 §4.1 and performs the actions of the cell. */
export function move<P>(negotiation: Negotiation<P>, event: Event, cause: Cause = {}): NegotiationNext<P> {
  const cell = transition(negotiation.at, event);
  if (cell === undefined) return [negotiation, { do: "illegal", event }];
  const effects: NegotiationEffect[] = [];
  if (timerRuns(negotiation.at) && !timerRuns(cell.next)) effects.push({ do: "disarm" });
  let state = negotiation;
  for (const action of cell.actions) {
    const [next, ...more] = perform(state, action, cause, cell.actions.includes("str"));
    state = next;
    effects.push(...more);
  }
  return [{ ...state, at: cell.next }, ...effects];
}

function perform<P>(n: Negotiation<P>, action: Action, cause: Cause, ending: boolean): NegotiationNext<P> {
  const arm = (after: Millis): NegotiationEffect => ({ do: "arm", after });
  switch (action) {
    case "tlu":
      return [{ ...n, rounds: 0, naksSent: 0, naksReceived: 0, reacks: 0 }, { do: "up" }];
    case "tld":
      return [n, { do: "down" }];
    case "tls":
      return [n, { do: "started" }];
    case "tlf":
      return [n, { do: "finished" }];
    case "irc":
      return [{ ...n, restarts: ending ? MAX_TERMINATE : MAX_CONFIGURE }];
    case "zrc":
      return [{ ...n, restarts: 0 }, arm(n.restart)];
    case "scr": {
      const [next, send] = configureRequest({ ...n, restarts: n.restarts - 1, rounds: n.rounds + 1 });
      return [next, send, arm(restartAfter(MAX_CONFIGURE - next.restarts))];
    }
    case "sca":
      return [
        { ...n, accepted: cause.request!, naksSent: 0 },
        reply(cause, CODE.configureAck, encodeOptions(cause.request!)),
      ];
    case "scn":
      return configureRefusal(n, cause);
    case "str": {
      const [next, identifier] = takeIdentifier({ ...n, restarts: n.restarts - 1 });
      return [next, send(CODE.terminateRequest, identifier, ascii(n.terminateText)), arm(n.restart)];
    }
    case "sta":
      return [n, reply(cause, CODE.terminateAck, new Uint8Array(0))];
    case "scj": {
      const [next, identifier] = takeIdentifier(n);
      return [next, send(CODE.codeReject, identifier, encodePacket(cause.packet!).slice(0, REJECTED_COPY))];
    }
    case "ser":
      return [n, ...echo(n, cause)];
  }
}

/**
 * Our Configure-Request. A retransmission keeps its identifier (RFC 1661 §5.1 allows it), so that an answer
 * to the earlier copy still counts.
 */
export function configureRequest<P>(n: Negotiation<P>): readonly [Negotiation<P>, NegotiationEffect] {
  const again = n.awaiting?.asking === n.asking ? n.awaiting.identifier : undefined;
  const [next, fresh] = again === undefined ? takeIdentifier(n) : [n, again];
  return [
    { ...next, awaiting: { identifier: fresh, asking: n.asking } },
    send(CODE.configureRequest, fresh, encodeOptions(n.asking)),
  ];
}

function configureRefusal<P>(n: Negotiation<P>, cause: Cause): NegotiationNext<P> {
  const { answer } = cause;
  if (answer?.say !== "nak" && answer?.say !== "reject") throw new Error("scn without a refusal");
  const nak = answer.say === "nak";
  const options = encodeOptions(fitting(answer.options, n.peerMru - HEADER));
  return [
    { ...n, rounds: n.rounds + 1, naksSent: n.naksSent + (nak ? 1 : 0) },
    reply(cause, nak ? CODE.configureNak : CODE.configureReject, options),
  ];
}

/**
 * As many of the options as fit into `room` octets, one at least: what is left out comes with the next
 * refusal.
 */
function fitting(options: readonly RawOption[], room: number): readonly RawOption[] {
  let left = room;
  const end = options.findIndex(({ data }, i) => {
    left -= OPTION_HEADER + data.length;
    return left < 0 && i > 0;
  });
  return end < 0 ? options : options.slice(0, end);
}

/**
 * RXR stands for Echo-Reply and Discard-Request as well; only an Echo-Request is answered (RFC 1661 §5.8).
 */
function echo<P>(n: Negotiation<P>, cause: Cause): readonly NegotiationEffect[] {
  const { packet } = cause;
  if (packet?.code !== CODE.echoRequest || n.protocol.echo === undefined) return [];
  return [reply(cause, CODE.echoReply, n.protocol.echo(packet, n.asking, n.accepted))];
}

const send = (code: number, identifier: number, data: Uint8Array): NegotiationEffect => ({
  do: "send",
  packet: { code, identifier, data },
});

const reply = (cause: Cause, code: number, data: Uint8Array): NegotiationEffect =>
  send(code, cause.packet!.identifier, data);
