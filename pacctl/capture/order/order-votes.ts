import { ahead } from "../../../server/wire/sequence.ts";
import { u16, u32 } from "../files/octets.ts";
import type { IpHeader } from "../ip/ip-header.ts";
import { FLAG, type Segment } from "../tcp/segment.ts";

/** One direction of TCP or GRE. Numbers are sequence numbers, modulo 2^32. */
interface Flow {
  /** Of the last packet in the file. */
  at: number;
  number: number;
  /** What the other direction has acknowledged, and when it did. */
  acknowledged: number | undefined;
  acknowledgedAt: number;
}

/** Octets of a GRE header up to and with the sequence number, where key and sequence are (RFC 2637 §4.1). */
const NUMBERED = 12;

/**
 * Of its first four octets: C, R, K, S, the version and the protocol, and what they are where PPP is in it.
 */
const NUMBERS = 0xf007ffff;
const KEY_AND_SEQUENCE = 0x3001880b;

/** Ours: flows that are looked at; more say nothing new. */
const MAX_FLOWS = 4096;

/**
 * Where the times of a file run backwards: does its order hold, so that a clock was set, or do the times, so
 * that packets stand in the wrong place? The sequence numbers of TCP and GRE know.
 */
export class OrderVotes {
  readonly #flows = new Map<string, Flow>();
  #forFile = 0;
  #forTimes = 0;

  /** Are packets to be put in the order of their times? Also where nothing speaks against it. */
  get timesHold(): boolean {
    return this.#forTimes >= this.#forFile;
  }

  tcp(header: IpHeader, segment: Segment, at: number): void {
    const { sequence, acknowledgement, length } = segment;
    const own = this.#flow(keyOf(header, segment.sourcePort, segment.destinationPort, false));
    const other = this.#flow(keyOf(header, segment.destinationPort, segment.sourcePort, true));
    if (own === undefined || other === undefined) return;
    const room = length + (segment.has(FLAG.syn) || segment.has(FLAG.fin) ? 1 : 0);
    this.#follow(own, sequence, at);
    // It had been acknowledged before it stands in the file.
    if (room > 0 && own.acknowledged !== undefined && at < own.acknowledgedAt)
      if (ahead(own.acknowledged, sequence + room) >= 0) this.#forTimes += 1;
    if (!segment.has(FLAG.ack)) return;
    // It acknowledges what stands before it and has a later time.
    if (other.at > at && ahead(acknowledgement, other.number) > 0) this.#forFile += 1;
    if (other.acknowledged !== undefined && ahead(acknowledgement, other.acknowledged) <= 0) return;
    other.acknowledged = acknowledgement;
    other.acknowledgedAt = at;
  }

  gre(header: IpHeader, at: number): void {
    const { bytes, payload, end } = header;
    if (end - payload < NUMBERED || (u32(bytes, payload) & NUMBERS) >>> 0 !== KEY_AND_SEQUENCE) return;
    const flow = this.#flow(keyOf(header, u16(bytes, payload + 6), -1, false));
    if (flow !== undefined) this.#follow(flow, u32(bytes, payload + 8), at);
  }

  #follow(flow: Flow, number: number, at: number): void {
    const distance = ahead(number, flow.number);
    if (at < flow.at && distance > 0) this.#forFile += 1;
    if (at < flow.at && distance < 0) this.#forTimes += 1;
    flow.at = at;
    flow.number = number;
  }

  #flow(key: string): Flow | undefined {
    const known = this.#flows.get(key);
    if (known !== undefined || this.#flows.size >= MAX_FLOWS) return known;
    const flow = {
      at: Number.NEGATIVE_INFINITY,
      number: 0,
      acknowledged: undefined,
      acknowledgedAt: Number.NEGATIVE_INFINITY,
    };
    this.#flows.set(key, flow);
    return flow;
  }
}

/** Both addresses and two numbers; `turned`: as the other direction has them. */
function keyOf(header: IpHeader, first: number, second: number, turned: boolean): string {
  const { bytes, addresses, addressLength } = header;
  const part = (at: number) =>
    Buffer.from(bytes.buffer, bytes.byteOffset + at, addressLength).toString("latin1");
  const [source, destination] = [part(addresses), part(addresses + addressLength)];
  return `${turned ? destination + source : source + destination} ${first} ${second}`;
}
