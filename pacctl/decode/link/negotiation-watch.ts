import { CODE } from "../../../server/ppp/codes.ts";
import { type CutPacket, wholeOptions } from "../../../server/ppp/cut-packet.ts";
import { decodeOptions, type RawOption } from "../../../server/ppp/option-list.ts";
import type { Side } from "../../capture/captured.ts";
import { type BySide, bySide, opposite } from "../side.ts";

/** One side of a negotiation, as a listener knows it. */
export interface NegotiationSide {
  /** Configure-Requests, copies that were sent again included. */
  requests: number;
  /** Acks, Naks and Rejects that it gave. */
  replies: number;
  /** What it asked for last. */
  asked: readonly RawOption[] | undefined;
  /** What the other side acknowledged; undefined: nothing, or it asked anew since. */
  agreed: readonly RawOption[] | undefined;
  /** The capture cut options away, of what was asked and of what was agreed on. */
  askedCut: boolean;
  agreedCut: boolean;
  /** Naks and Rejects that it got in a row, and the options of the last one. */
  refused: number;
  refusedOptions: readonly RawOption[];
  /** One of them is the last that was said of what it asks for: it has not asked again since. */
  refusedLast: boolean;
  refusedCut: boolean;
  /** It terminated this protocol. */
  terminated: boolean;
}

/** What a packet did: opened it, began it anew once it was open, or terminated it. */
export type NegotiationChange = "opened" | "renegotiated" | "terminated" | undefined;

/** One control protocol between two sides, LCP, CCP or IPCP, seen from beside. */
export class NegotiationWatch {
  readonly sides: BySide<NegotiationSide> = bySide(() => ({
    requests: 0,
    replies: 0,
    asked: undefined,
    agreed: undefined,
    askedCut: false,
    agreedCut: false,
    refused: 0,
    refusedOptions: [],
    refusedLast: false,
    refusedCut: false,
    terminated: false,
  }));
  /** How often it has opened. */
  openings = 0;

  /** It was open once. */
  get opened(): boolean {
    return this.openings > 0;
  }

  /** Both sides have what they asked for, or something that the other acknowledged. */
  get open(): boolean {
    return this.sides.client.agreed !== undefined && this.sides.server.agreed !== undefined;
  }

  /** Has anything been asked? */
  get begun(): boolean {
    return this.sides.client.requests + this.sides.server.requests > 0;
  }

  packet(from: Side, packet: CutPacket): NegotiationChange {
    const own = this.sides[from];
    const other = this.sides[opposite(from)];
    const wasOpen = this.open;
    switch (packet.code) {
      case CODE.configureRequest:
        own.requests += 1;
        own.asked = optionsOf(packet);
        own.askedCut = packet.cut;
        own.agreed = undefined;
        own.refusedLast = false;
        own.terminated = false;
        break;
      case CODE.configureAck:
        own.replies += 1;
        // The options are those of the request, which the capture may lack, or hold more of.
        other.agreedCut = packet.cut && (other.asked === undefined || other.askedCut);
        other.agreed = packet.cut ? longer(optionsOf(packet), other.asked ?? []) : optionsOf(packet);
        other.refused = 0;
        break;
      case CODE.configureNak:
      case CODE.configureReject:
        own.replies += 1;
        other.refused += 1;
        other.refusedOptions = optionsOf(packet);
        other.refusedLast = true;
        other.refusedCut = packet.cut;
        break;
      case CODE.terminateRequest:
        own.terminated = true;
        return wasOpen ? "terminated" : undefined;
      default:
    }
    if (this.open && !wasOpen) {
      this.openings += 1;
      return "opened";
    }
    return wasOpen && !this.open ? "renegotiated" : undefined;
  }

  /** Nothing is agreed any more: the layer below began anew. */
  reset(): void {
    for (const side of [this.sides.client, this.sides.server]) {
      side.agreed = undefined;
      side.asked = undefined;
      side.refused = 0;
    }
  }
}

const longer = <T>(one: readonly T[], other: readonly T[]): readonly T[] =>
  other.length > one.length ? other : one;

/** What decodes; a packet with malformed options agrees on nothing. */
function optionsOf({ data, cut }: CutPacket): readonly RawOption[] {
  const options = decodeOptions(cut ? wholeOptions(data) : data);
  return options.ok ? options.value.map(({ code, data }) => ({ code, data: data.slice() })) : [];
}
