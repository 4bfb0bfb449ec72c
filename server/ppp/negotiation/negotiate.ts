import type { Octets } from "../../wire/units.ts";
import { MAX_FAILURE } from "../automaton/counters.ts";
import type { State } from "../automaton/table.ts";
import { CODE } from "../codes.ts";
import { decodeOptions, sameOptions } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { answer } from "./answer.ts";
import {
  createNegotiation,
  type Negotiation,
  type NegotiationEvent,
  type NegotiationNext,
} from "./negotiation.ts";
import { configureRequest, move } from "./perform.ts";
import type { Protocol } from "./protocol.ts";
import { readReply } from "./reply.ts";

/**
 * Ours, not the RFC's: Configure-Requests sent plus refusals given before agreement. RFC 1661 alone lets a
 * peer that always acknowledges and never asks, or that varies its wishes, keep a negotiation going for ever.
 */
export const MAX_ROUNDS = 30;

/** States in which a Configure-Request is judged; in the others it gets a Terminate-Ack or nothing. */
const JUDGING: ReadonlySet<State> = new Set(["Stopped", "Req-Sent", "Ack-Rcvd", "Ack-Sent", "Opened"]);

/**
 * Drives the automaton of RFC 1661 §4 for any control protocol. Pure. Departures from the RFC, none of which
 * changes the table: an Ack, Nak or Reject counts once, so that copies of it do not move Ack-Rcvd or Opened;
 * an identical Configure-Request in Opened gets its Ack again and nothing goes down (the first Ack was lost,
 * or the peer is Windows 10); MAX_ROUNDS.
 */
export function negotiate<P>(n: Negotiation<P>, event: NegotiationEvent): NegotiationNext<P> {
  switch (event.type) {
    case "up": {
      const [next, ...effects] = move(n, "Up");
      return [{ ...next, unheard: event.blind }, ...effects];
    }
    case "down":
      return move({ ...n, awaiting: undefined }, "Down");
    case "open":
      return move(n, "Open");
    case "close":
      return move({ ...n, terminateText: event.text }, "Close");
    case "timeout":
      return bounded(move(n, n.restarts > 0 ? "TO+" : "TO-"));
    case "packet":
      return bounded(receive({ ...n, heard: true }, event.packet));
  }
}

/** A negotiation in Starting: it waits for `up`. `peerMru`: see `createNegotiation`. */
export function openNegotiation<P>(protocol: Protocol<P>, policy: P, peerMru?: Octets): Negotiation<P> {
  const [opened] = negotiate(createNegotiation(protocol, policy, peerMru), { type: "open" });
  return opened;
}

function receive<P>(n: Negotiation<P>, packet: Packet): NegotiationNext<P> {
  switch (packet.code) {
    case CODE.configureRequest:
      return receiveRequest(n, packet);
    case CODE.configureAck:
    case CODE.configureNak:
    case CODE.configureReject:
      return receiveReply(n, packet);
    case CODE.terminateRequest:
      return move(n, "RTR", { packet });
    case CODE.terminateAck:
      return move({ ...n, unheard: n.unheard || packet.identifier === n.awaiting?.identifier }, "RTA");
    case CODE.codeReject:
      return receiveCodeReject(n, packet);
    default:
      if (n.protocol.echo !== undefined && isEcho(packet.code)) return move(n, "RXR", { packet });
      return n.protocol.silent.has(packet.code) ? [n] : move(n, "RUC", { packet });
  }
}

function receiveRequest<P>(n: Negotiation<P>, packet: Packet): NegotiationNext<P> {
  const result = decodeOptions(packet.data);
  if (!result.ok) return [n];
  const request = result.value;
  if (!JUDGING.has(n.at)) return move(n, "RCR+", { packet, request });
  if (n.at === "Opened" && n.reacks < n.protocol.maxReacks && sameOptions(request, n.accepted)) {
    const again = { code: CODE.configureAck, identifier: packet.identifier, data: packet.data };
    return [{ ...n, reacks: n.reacks + 1 }, { do: "send", packet: again }, { do: "reacked" }];
  }
  const said = answer(n.protocol, n.policy, n.asking, request, n.naksSent);
  if (said.say === "deadlock") return [n, { do: "failed", option: said.option, how: "deadlock" }];
  const cause = { packet, request, answer: said };
  const event = said.say === "ack" ? "RCR+" : "RCR-";
  if (!n.unheard || n.awaiting === undefined) return move(n, event, cause);
  // Before the answer: a peer that gets our Ack first may open, and would take a repeated request for a new
  // one.
  const [asked, repeated] = configureRequest({ ...n, unheard: false });
  const [next, ...effects] = move(asked, event, cause);
  return [next, repeated, ...effects];
}

function receiveReply<P>(n: Negotiation<P>, packet: Packet): NegotiationNext<P> {
  if (n.awaiting === undefined || packet.identifier !== n.awaiting.identifier) return [n];
  const reply = readReply(n.protocol, n.policy, n.awaiting.asking, n.refused, packet);
  const settled = { ...n, awaiting: undefined, unheard: false };
  switch (reply.means) {
    case "invalid":
      return [n];
    case "refused":
      return [n, { do: "failed", option: reply.option, how: "rejected" }];
    case "agreed":
      return move({ ...settled, naksReceived: 0, refused: [] }, "RCA", { packet });
    case "retry": {
      const naksReceived = n.naksReceived + 1;
      if (reply.insisting !== undefined && naksReceived > MAX_FAILURE)
        return [n, { do: "failed", option: reply.insisting, how: "insisted" }];
      const refused = [...n.refused, ...reply.naked];
      return move({ ...settled, asking: reply.asking, naksReceived, refused }, "RCN", { packet });
    }
  }
}

/** Codes 1 to 7 are what every control protocol must know: rejecting one is catastrophic (RFC 1661 §5.6). */
function receiveCodeReject<P>(n: Negotiation<P>, packet: Packet): NegotiationNext<P> {
  const code = packet.data[0];
  if (code === undefined) return [n];
  if (code < CODE.configureRequest || code > CODE.codeReject) return move(n, "RXJ+");
  const [next, ...effects] = move(n, "RXJ-");
  return [next, { do: "failed", option: "code-reject", how: "rejected" }, ...effects];
}

const isEcho = (code: number): boolean =>
  code === CODE.echoRequest || code === CODE.echoReply || code === CODE.discardRequest;

function bounded<P>([n, ...effects]: NegotiationNext<P>): NegotiationNext<P> {
  return n.rounds > MAX_ROUNDS
    ? [n, ...effects, { do: "failed", option: "any", how: "endless" }]
    : [n, ...effects];
}
