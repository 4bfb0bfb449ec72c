import { ahead } from "../../../server/wire/sequence.ts";
import type { CaptureSink, Moment, Side, TcpConnection, TcpHole } from "../captured.ts";
import { type Budget, Direction, type StreamSink } from "./direction.ts";
import { FLAG, type Segment } from "./segment.ts";

/** Segments in a row that belong to no place of the stream: then the endpoints have a new connection. */
const MAX_STRAYS = 3;

const other = (side: Side): Side => (side === "client" ? "server" : "client");

/** What is told of it, where the times go on. */
export type HeardConnection = TcpConnection & { readonly heard: Record<Side, number> };

/** Where a segment stands in its connection; numbers as `TcpFields` has them. */
export interface SegmentPlace {
  readonly relativeSequence: number;
  readonly relativeAcknowledgement: number | undefined;
  /** It says again what is long known, so that the other side answers (RFC 9293 §3.8.4). */
  readonly keepsAlive: boolean;
}

/** Tells what the directions of a connection give. A class: there are thousands of connections. */
class Streams implements StreamSink {
  readonly #connection: HeardConnection;
  readonly #sink: CaptureSink;

  constructor(connection: HeardConnection, sink: CaptureSink) {
    this.#connection = connection;
    this.#sink = sink;
  }

  octets(from: Side, when: Moment, offset: number, octets: Uint8Array, damaged: boolean): void {
    this.#sink({ kind: "tcp-octets", when, connection: this.#connection, from, offset, octets, damaged });
  }

  hole(from: Side, when: Moment, offset: number, length: number, why: TcpHole["why"]): void {
    this.#sink({ kind: "tcp-hole", when, connection: this.#connection, from, offset, length, why });
  }

  retransmission(from: Side, when: Moment, offset: number, length: number): void {
    this.#sink({ kind: "tcp-retransmission", when, connection: this.#connection, from, offset, length });
  }

  fin(from: Side, when: Moment): void {
    this.#sink({ kind: "tcp-fin", when, connection: this.#connection, from });
  }
}

/** One TCP connection, as whoever watches it can know it: both directions, and what SYN, FIN and RST say. */
export class Connection {
  readonly info: HeardConnection;
  readonly #sink: CaptureSink;
  readonly #client: Direction;
  readonly #server: Direction;
  /** Initial sequence numbers (RFC 9293 §3.4.1), where SYN and SYN+ACK were seen. */
  #clientInitial: number | undefined;
  #serverInitial: number | undefined;
  #established = false;
  #reset: Side | undefined;
  #strays = 0;

  constructor(info: HeardConnection, sink: CaptureSink, budget: Budget) {
    this.info = info;
    this.#sink = sink;
    const streams = new Streams(info, sink);
    this.#client = new Direction(streams, "client", budget);
    this.#server = new Direction(streams, "server", budget);
  }

  get waiting(): boolean {
    return this.#client.waiting || this.#server.waiting;
  }

  /** Do the same endpoints begin anew with this segment? */
  isReplacedBy(segment: Segment, from: Side): boolean {
    if (!segment.has(FLAG.syn)) {
      return this.#strays >= MAX_STRAYS && !this.#direction(from).plausible(segment.sequence, segment.length);
    }
    if (segment.has(FLAG.ack)) return from === "client" || !this.#fitsSynAck(segment);
    if (this.#clientInitial !== undefined) return segment.sequence !== this.#clientInitial;
    return this.info.seen === "mid-stream" || !this.#client.plausible(segment.sequence, 0);
  }

  /**
   * Takes a segment. False: it is a stray, and says nothing of this connection. Of a damaged one, only octets
   * count, and those wait for a better copy.
   */
  segment(segment: Segment, bytes: Uint8Array, from: Side, damaged: boolean, when: Moment): boolean {
    const way = this.#direction(from);
    const { sequence, length } = segment;
    if (!damaged && segment.has(FLAG.syn)) this.#syn(segment, from, when);
    else if (way.started && !way.plausible(sequence, length)) {
      this.#strays += 1;
      return false;
    } else if (damaged && !way.started) return false;
    this.#strays = 0;
    if (when.at > this.info.heard[from]) this.info.heard[from] = when.at;
    if (!way.started && !segment.has(FLAG.rst)) way.start(sequence);
    const first = segment.has(FLAG.syn) ? (sequence + 1) >>> 0 : sequence;
    if (!damaged && segment.has(FLAG.ack) && !segment.has(FLAG.rst)) this.#acknowledge(segment, from, when);
    if (length > 0 && way.started) {
      const { payload, end } = segment;
      way.segment({ when, sequence: first, bytes, from: payload, to: end, length, damaged });
    }
    if (!damaged && segment.has(FLAG.rst)) this.#onReset(from, when);
    if (!damaged && way.started && segment.has(FLAG.fin)) way.end((first + length) >>> 0, when);
    return true;
  }

  /** Where a segment stands, as long as it has not been taken. */
  place(segment: Segment, from: Side): SegmentPlace {
    const [way, back] = [this.#direction(from), this.#direction(other(from))];
    const { sequence, acknowledgement, length } = segment;
    const acknowledges = segment.has(FLAG.ack) && back.started;
    const relativeAcknowledgement = acknowledges ? back.offsetOf(acknowledgement) + 1 : undefined;
    const keepsAlive = way.started && length <= 1 && way.offsetOf(sequence) === way.place - 1;
    if (segment.has(FLAG.syn)) return { relativeSequence: 0, relativeAcknowledgement, keepsAlive: false };
    return {
      relativeSequence: way.started ? way.offsetOf(sequence) + 1 : 1,
      relativeAcknowledgement,
      keepsAlive: keepsAlive && !segment.has(FLAG.fin) && !segment.has(FLAG.rst),
    };
  }

  settle(now: number): void {
    this.#client.settle(now);
    this.#server.settle(now);
  }

  finish(): void {
    this.#client.finish();
    this.#server.finish();
  }

  #direction(side: Side): Direction {
    return side === "client" ? this.#client : this.#server;
  }

  #syn(segment: Segment, from: Side, when: Moment): void {
    const { sequence } = segment;
    const way = this.#direction(from);
    const initial = from === "client" ? this.#clientInitial : this.#serverInitial;
    if (from === "client") this.#clientInitial = sequence;
    else this.#serverInitial = sequence;
    // Where the answer was captured before the SYN, the place is known already.
    if (initial !== sequence && !(way.started && initial === undefined)) way.start((sequence + 1) >>> 0);
    if (from === "server" && !this.#client.started) this.#client.start(segment.acknowledgement);
    this.#reset = undefined;
    const again = initial !== undefined;
    this.#sink({ kind: "tcp-syn", when, connection: this.info, from, sequence, again });
  }

  /** A server that lost its state may answer the same SYN with another number, until octets flow. */
  #fitsSynAck({ sequence, acknowledgement }: Segment): boolean {
    if (this.#serverInitial === sequence) return true;
    const answered = this.#clientInitial === undefined || (this.#clientInitial + 1) >>> 0 === acknowledgement;
    return answered && !this.#established && this.info.seen !== "mid-stream";
  }

  #acknowledge(segment: Segment, from: Side, when: Moment): void {
    const { acknowledgement } = segment;
    const way = this.#direction(other(from));
    // Of a direction that is not captured, the acknowledgements tell how far it has come.
    if (!way.started) way.guess(acknowledgement);
    way.acknowledge(acknowledgement, when);
    if (this.#established || from === "server" || this.#serverInitial === undefined) return;
    if (ahead(acknowledgement, this.#serverInitial) < 1) return;
    this.#established = true;
    this.#sink({ kind: "tcp-established", when, connection: this.info });
  }

  #onReset(from: Side, when: Moment): void {
    this.finish();
    if (this.#reset === from) return;
    this.#reset = from;
    this.#sink({ kind: "tcp-reset", when, connection: this.info, from });
  }
}
