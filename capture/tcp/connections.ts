import type { CaptureSink, Endpoint, Moment, Side, TcpConnection } from "../captured.ts";
import type { AddressTexts } from "../ip/addresses.ts";
import type { IpHeader } from "../ip/ip-header.ts";
import { MAX_CONNECTIONS } from "../limits.ts";
import { Connection } from "./connection.ts";
import type { Budget } from "./direction.ts";
import { FLAG, type Segment } from "./segment.ts";

interface Known {
  connection: Connection;
  readonly clientText: string;
}

/** All TCP connections to watched ports. */
export class Connections {
  readonly #sink: CaptureSink;
  readonly #texts: AddressTexts;
  /** By port: 1 where it is watched. */
  readonly #watched = new Uint8Array(0x10000);
  readonly #budget: Budget = { cost: 0 };
  /** By both endpoints in order of their texts; the one that was silent longest first. */
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Set<Connection>();
  #count = 0;

  constructor(ports: readonly number[], texts: AddressTexts, sink: CaptureSink) {
    this.#sink = sink;
    this.#texts = texts;
    for (const port of ports) this.#watched[port] = 1;
  }

  watches(port: number, otherPort: number): boolean {
    return this.#watched[port] === 1 || this.#watched[otherPort] === 1;
  }

  /** False: the segment is a stray, or damaged and of a connection that nothing else is known of. */
  segment(header: IpHeader, segment: Segment, damaged: boolean, when: Moment): boolean {
    const { bytes, addresses, addressLength } = header;
    const source = this.#texts.text(bytes, addresses, addressLength);
    const destination = this.#texts.text(bytes, addresses + addressLength, addressLength);
    const here = `${source} ${segment.sourcePort}`;
    const there = `${destination} ${segment.destinationPort}`;
    const key = here < there ? `${here} ${there}` : `${there} ${here}`;
    let known = this.#known.get(key);
    if (known === undefined && damaged) return false;
    if (known !== undefined && !damaged) {
      const from = known.clientText === here ? "client" : "server";
      if (known.connection.isReplacedBy(segment, from)) {
        this.#finish(known.connection);
        this.#known.delete(key);
        known = undefined;
      }
    }
    if (known === undefined) {
      const from = { address: source, port: segment.sourcePort };
      const to = { address: destination, port: segment.destinationPort };
      known = this.#open(key, segment, from, to, when);
    } else {
      this.#known.delete(key); // to the end: heard of just now
      this.#known.set(key, known);
    }
    return this.#feed(known, segment, bytes, known.clientText === here ? "client" : "server", damaged, when);
  }

  /** Gives up what was waited for long enough. */
  sweep(now: number): void {
    for (const connection of this.#waiting) {
      connection.settle(now);
      if (!connection.waiting) this.#waiting.delete(connection);
    }
  }

  end(): void {
    for (const { connection } of this.#known.values()) this.#finish(connection);
    this.#known.clear();
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

  #open(key: string, segment: Segment, from: Endpoint, to: Endpoint, when: Moment): Known {
    if (this.#known.size >= MAX_CONNECTIONS) this.#forgetOldest(when);
    const byServer = this.#isFromServer(segment);
    const [client, server] = byServer ? [to, from] : [from, to];
    this.#count += 1;
    const info: TcpConnection = { id: this.#count, client, server, seen: seenAs(segment) };
    const known: Known = {
      connection: new Connection(info, this.#sink, this.#budget),
      clientText: `${client.address} ${client.port}`,
    };
    this.#known.set(key, known);
    this.#sink({ kind: "tcp-seen", when, connection: info });
    return known;
  }

  /** SYN and SYN+ACK say who opens; else the watched port is the server's, or the first to be seen is the client. */
  #isFromServer(segment: Segment): boolean {
    if (segment.has(FLAG.syn)) return segment.has(FLAG.ack);
    return this.#watched[segment.sourcePort] === 1 && this.#watched[segment.destinationPort] === 0;
  }

  #forgetOldest(when: Moment): void {
    const [key, { connection }] = this.#known.entries().next().value!;
    this.#finish(connection);
    this.#known.delete(key);
    this.#sink({ kind: "tcp-forgotten", when, connection: connection.info });
  }

  #finish(connection: Connection): void {
    connection.finish();
    this.#waiting.delete(connection);
  }
}

function seenAs(segment: Segment): TcpConnection["seen"] {
  if (!segment.has(FLAG.syn)) return "mid-stream";
  return segment.has(FLAG.ack) ? "syn-ack" : "syn";
}
