import { CODE } from "../../../server/ppp/codes.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { decodePacket } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { decodeTerminateData, terminateWords } from "../../../server/ppp/terminate-data.ts";
import type { Moment, Side } from "../../capture/captured.ts";
import { type BySide, bySide } from "../side.ts";

/** Ours: both sides' requests of one negotiation come within so many nanoseconds: ten every three seconds. */
const ONE_NEGOTIATION = 30e9;

/** What one side did to the encryption of a session that was up. Times in nanoseconds of the capture. */
export interface Loss {
  readonly from: Side;
  readonly at: number;
  /** terminated: CCP Terminate-Request; negotiated: CCP Configure-Request; rejected: LCP Protocol-Reject. */
  readonly how: "terminated" | "negotiated" | "rejected";
  /** What a Terminate-Request said, behind its name. */
  readonly words: string;
  /** Users' packets in clear before it, and how often CCP had opened. */
  readonly clear: number;
  readonly openings: number;
}

/** CCP Reset-Requests of one side (RFC 1962 §3). */
export interface Resets {
  requests: number;
  first: number;
  last: number;
  /** Reset-Acks that it got. */
  answers: number;
}

/** What the link knows when a frame comes. */
export interface LinkState {
  /** The session is up, and encrypted. */
  readonly encrypts: boolean;
  /** Users' packets in clear so far. */
  readonly clear: number;
  readonly openings: number;
}

/** How encryption that had been agreed on was given up, begun anew, or fell out of step. */
export class EncryptionLoss {
  /** The first of each kind and side, in their order. */
  readonly losses: Loss[] = [];
  readonly resets: BySide<Resets> = bySide(() => ({ requests: 0, first: 0, last: 0, answers: 0 }));

  /** A frame that passes, before the link takes it. */
  frame(from: Side, { at }: Moment, octets: Uint8Array, state: LinkState): void {
    if (!state.encrypts) return;
    const frame = decodeFrame(octets);
    const packet = frame.ok ? decodePacket(frame.value.information) : undefined;
    if (!frame.ok || packet?.ok !== true) return;
    const { code, data } = packet.value;
    if (frame.value.protocol === PROTOCOL.lcp) {
      if (code === CODE.protocolReject && isCcp(data)) this.#lose(from, at, "rejected", "", state);
    } else if (frame.value.protocol === PROTOCOL.ccp) {
      this.#ccp(from, at, code, data, state);
    }
  }

  #ccp(from: Side, at: number, code: number, data: Uint8Array, state: LinkState): void {
    switch (code) {
      case CODE.terminateRequest:
        this.#lose(from, at, "terminated", terminateWords(decodeTerminateData(data)), state);
        return;
      case CODE.configureRequest:
        if (!this.#joins(from, at)) this.#lose(from, at, "negotiated", "", state);
        return;
      case CODE.resetRequest: {
        const resets = this.resets[from];
        if (resets.requests === 0) resets.first = at;
        resets.requests += 1;
        resets.last = at;
        return;
      }
      case CODE.resetAck:
        this.resets[from === "client" ? "server" : "client"].answers += 1;
        return;
      default:
    }
  }

  /** Does a Configure-Request belong to a negotiation that the other side has begun, or ended? */
  #joins(from: Side, at: number): boolean {
    const last = this.losses.at(-1);
    return last !== undefined && last.from !== from && at - last.at < ONE_NEGOTIATION;
  }

  #lose(from: Side, at: number, how: Loss["how"], words: string, { clear, openings }: LinkState): void {
    // What is sent again says nothing new.
    if (this.losses.some((one) => one.from === from && one.how === how && one.openings === openings)) return;
    this.losses.push({ from, at, how, words, clear, openings });
  }
}

/** Does a Protocol-Reject reject CCP, or the packets that it encrypts (RFC 1661 §5.7)? */
function isCcp(data: Uint8Array): boolean {
  const rejected = data.length < 2 ? 0 : (data[0]! << 8) | data[1]!;
  return rejected === PROTOCOL.ccp || rejected === PROTOCOL.compressed;
}
