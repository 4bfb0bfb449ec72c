import type { CaptureSink, Endpoint, Moment, Side, TcpConnection, TcpSegment, Watched } from "../captured.ts";
import { ipFields, tcpFields, withHeaders } from "../headers.ts";
import type { AddressTexts } from "../ip/addresses.ts";
import type { IpHeader } from "../ip/ip-header.ts";
import { MAX_CONNECTIONS } from "../limits.ts";
import { Connection, type HeardConnection, type SegmentPlace } from "./connection.ts";
import type { Budget } from "./direction.ts";
import { FLAG, type Segment } from "./segment.ts";

interface Known {
  readonly connection: Connection;
  readonly clientText: string;
}

/** All TCP connections to watched ports. */
export class Connections {
  readonly #sink: CaptureSink;
  readonly #texts: AddressTexts;
  /** By port: 1 where it is watched. */
  readonly #watched = new Uint8Array(0x10000);
  readonly #budget: Budget = { cost: 0 };
  readonly #headers: boolean;
  readonly #segments: boolean;
  /**
   * By both endpoints in order of their texts. Those that were heard of lately, and the others: when the
   * first are many, the others are forgotten, and change places with them.
   */
  #lately = new Map<string, Known>();
  #others = new Map<string, Known>();
  readonly #waiting = new Set<Connection>();
  #count = 0;

  constructor({ ports, headers, segments }: Watched, texts: AddressTexts, sink: CaptureSink) {
    this.#sink = sink;
    this.#texts = texts;
    this.#headers = headers === true;
    this.#segments = segments === true;
    for (const port of ports) this.#watched[port] = 1;
  }

  watches(port: number, otherPort: number): boolean {
    return this.#watched[port] === 1 || this.#watched[otherPort] === 1;
  }

  /** False: the segment is a stray, or damaged and of a connection that nothing else is known of. */
  segment(header: IpHeader, segment: Segment, damaged: boolean, when: Moment): boolean {
    const { source, destination, here, key } = this.#ends(header, segment);
    let known = this.#find(key, when);
    if (known === undefined && damaged) return false;
    if (known !== undefined && !damaged) {
      const from = known.clientText === here ? "client" : "server";
      if (known.connection.isReplacedBy(segment, from)) {
        this.#finish(known.connection);
        known = undefined;
      }
    }
    if (known === undefined) {
      const from = { address: source, port: segment.sourcePort };
      const to = { address: destination, port: segment.destinationPort };
      known = this.#open(segment, from, to, when);
      this.#keep(key, known, when);
    }
    const from = known.clientText === here ? "client" : "server";
    const place = this.#headers || this.#segments ? known.connection.place(segment, from) : undefined;
    const dated = this.#dated(header, segment, place, when);
    const taken = this.#feed(known, segment, header.bytes, from, damaged, dated);
    if (place !== undefined && this.#segments) {
      const what = damaged ? "damaged" : inPlace(taken, place);
      this.#tell(known, from, segment, place, what, dated);
    }
    return taken;
  }

  /** The same segment once more, from a second interface: nothing but that is told. */
  copy(header: IpHeader, segment: Segment, when: Moment, copyOf: number): void {
    if (!this.#segments) return;
    const { here, key } = this.#ends(header, segment);
    const known = this.#lately.get(key) ?? this.#others.get(key);
    if (known === undefined) return;
    const from = known.clientText === here ? "client" : "server";
    const place = known.connection.place(segment, from);
    this.#tell(known, from, segment, place, "in-place", this.#dated(header, segment, place, when), copyOf);
  }

  /** Gives up what was waited for long enough. */
  sweep(now: number): void {
    for (const connection of this.#waiting) {
      connection.settle(now);
      if (!connection.waiting) this.#waiting.delete(connection);
    }
  }

  end(): void {
    for (const known of [this.#others, this.#lately]) {
      for (const { connection } of known.values()) this.#finish(connection);
      known.clear();
    }
  }

  #ends({ bytes, addresses, addressLength }: IpHeader, segment: Segment) {
    const source = this.#texts.text(bytes, addresses, addressLength);
    const destination = this.#texts.text(bytes, addresses + addressLength, addressLength);
    const here = `${source} ${segment.sourcePort}`;
    const there = `${destination} ${segment.destinationPort}`;
    return { source, destination, here, key: here < there ? `${here} ${there}` : `${there} ${here}` };
  }

  #dated(header: IpHeader, segment: Segment, place: SegmentPlace | undefined, when: Moment): Moment {
    if (!this.#headers || place === undefined) return when;
    return withHeaders(when, { ip: ipFields(header), tcp: tcpFields(segment, place) });
  }

  #tell(
    { connection }: Known,
    from: Side,
    { length, flags, window }: Segment,
    { relativeAcknowledgement }: SegmentPlace,
    what: TcpSegment["what"],
    when: Moment,
    copyOf?: number,
  ): void {
    const acknowledged = relativeAcknowledgement === undefined ? undefined : relativeAcknowledgement - 1;
    const about = { when, connection: connection.info, from, length, flags, window };
    this.#sink({ kind: "tcp-segment", ...about, acknowledged, what, copyOf });
  }

  #feed(
    { connection }: Known,
    segment: Segment,
    bytes: Uint8Array,
    from: Side,
    damaged: boolean,
    when: Moment,
  ): boolean {
    const taken = connection.segment(segment, bytes, from, damaged, when);
    if (connection.waiting) {
      connection.settle(when.at);
      this.#waiting.add(connection);
    } else if (this.#waiting.size > 0) this.#waiting.delete(connection);
    return taken;
  }

  #find(key: string, when: Moment): Known | undefined {
    const known = this.#lately.get(key);
    const old = known ?? this.#others.get(key);
    if (known === undefined && old !== undefined) {
      this.#others.delete(key);
      this.#keep(key, old, when);
    }
    return old;
  }

  #keep(key: string, known: Known, when: Moment): void {
    if (this.#lately.size >= MAX_CONNECTIONS / 2 && !this.#lately.has(key)) {
      for (const { connection } of this.#others.values()) this.#forget(connection, when);
      this.#others = this.#lately;
      this.#lately = new Map();
    }
    this.#lately.set(key, known);
  }

  #open(segment: Segment, from: Endpoint, to: Endpoint, when: Moment): Known {
    const byServer = this.#isFromServer(segment);
    const [client, server] = byServer ? [to, from] : [from, to];
    this.#count += 1;
    const heard = { client: Number.NEGATIVE_INFINITY, server: Number.NEGATIVE_INFINITY };
    const info: HeardConnection = { id: this.#count, client, server, seen: seenAs(segment), heard };
    this.#sink({ kind: "tcp-seen", when, connection: info });
    return {
      connection: new Connection(info, this.#sink, this.#budget),
      clientText: `${client.address} ${client.port}`,
    };
  }

  /**
   * SYN and SYN+ACK say who opens; else the watched port is the server's, or the first to be seen is the
   * client.
   */
  #isFromServer(segment: Segment): boolean {
    if (segment.has(FLAG.syn)) return segment.has(FLAG.ack);
    return this.#watched[segment.sourcePort] === 1 && this.#watched[segment.destinationPort] === 0;
  }

  #forget(connection: Connection, when: Moment): void {
    this.#finish(connection);
    this.#sink({ kind: "tcp-forgotten", when, connection: connection.info });
  }

  #finish(connection: Connection): void {
    connection.finish();
    this.#waiting.delete(connection);
  }
}

const inPlace = (taken: boolean, { keepsAlive }: SegmentPlace): TcpSegment["what"] => {
  if (!taken) return "stray";
  return keepsAlive ? "keep-alive" : "in-place";
};

function seenAs(segment: Segment): TcpConnection["seen"] {
  if (!segment.has(FLAG.syn)) return "mid-stream";
  return segment.has(FLAG.ack) ? "syn-ack" : "syn";
}
