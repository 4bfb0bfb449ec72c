import type {
  Captured,
  CaptureOptions,
  IcmpError,
  Moment,
  Problem,
  Side,
  TcpOctets,
} from "../capture/captured.ts";
import { CaptureReader } from "../capture/reader.ts";
import type { CallServices } from "./calls/call.ts";
import { onControl } from "./calls/call-control.ts";
import { onSegment, onTcp, onTcpEnd } from "./calls/call-tcp.ts";
import { Calls } from "./calls/calls.ts";
import type { Connection } from "./calls/connection.ts";
import { KeptRows } from "./calls/kept-rows.ts";
import { Twins } from "./calls/twins.ts";
import type { ControlItem } from "./control/control-item.ts";
import { icmpField } from "./control/icmp-field.ts";
import { icmpText, isFinal } from "./control/icmp-text.ts";
import type { DecodeOptions, DecodeSink } from "./decode-types.ts";
import { MAX_FINDINGS } from "./limits.ts";

/**
 * Reads a capture, and tells a sink what the dials in it were. Octets in; nothing is thrown for what they
 * hold.
 */
export class Decoder {
  readonly reader: CaptureReader;
  readonly #sink: DecodeSink;
  readonly #calls: Calls;
  readonly #all: boolean;
  #now = Number.NEGATIVE_INFINITY;

  constructor(options: DecodeOptions, sink: DecodeSink, capture: CaptureOptions = {}) {
    const services: CallServices = {
      options,
      sink,
      twins: new Twins(),
      clock: () => this.reader,
      keptRows: new KeptRows(),
    };
    const asked = { ...capture, headers: options.fields, segments: options.all };
    this.#sink = sink;
    this.#all = options.all;
    this.#calls = new Calls(services);
    this.reader = new CaptureReader(asked, (captured) => this.#take(captured));
  }

  /** GRE packets that belong to nothing that could be made out, and those of other kinds of tunnels. */
  get leftOver(): { readonly unexplained: number; readonly otherGre: number } {
    const { unexplained, otherGre } = this.#calls.gre;
    return { unexplained, otherGre };
  }

  /** Calls that are the same dial as an earlier one, on the other side of a NAT. */
  get twice(): number {
    return this.#calls.twice;
  }

  /** The next octets of the file. False: nothing behind them can be read. */
  push(chunk: Uint8Array): boolean {
    // A Buffer's slice would share its memory, where that of a plain array copies.
    return this.reader.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
  }

  /**
   * So much time has passed since the last packet, in nanoseconds, though none came: calls that are over are
   * told.
   */
  quiet(passed: number): void {
    this.#calls.quiet(this.#now + passed);
  }

  /** The file is at its end: everything that is open is told. */
  end(): void {
    for (const _ of this.ending());
  }

  /** The same call by call, for who cannot take them all at once. */
  *ending(): Generator<void> {
    yield* this.reader.ending();
    yield* this.#calls.ending(this.#now);
  }

  #take(captured: Captured): void {
    if (captured.kind === "problem") {
      this.#sink.problem(captured);
      return;
    }
    const { at } = captured.when;
    this.#now = Math.max(this.#now, at);
    this.#event(captured, at);
    // Behind the packet: it shows that its call goes on, however long nothing passed.
    this.#calls.sweep(this.#now);
  }

  #event(captured: Exclude<Captured, Problem>, at: number): void {
    switch (captured.kind) {
      case "time":
        return;
      case "gre":
        this.#calls.gre.packet(captured);
        return;
      case "icmp":
        this.#icmp(captured);
        return;
      case "tcp-octets":
        this.#octets(captured);
        return;
      case "tcp-segment":
        onSegment(this.#calls.known(captured.connection), captured);
        return;
      case "tcp-forgotten":
        this.#calls.forget(captured.connection, at);
        return;
      default: {
        const connection = this.#calls.connection(captured.connection, captured.when);
        connection.current.touch(captured.when);
        if (captured.kind === "tcp-hole")
          this.#control(
            connection,
            captured.when,
            captured.from,
            connection.streams[captured.from].hole(captured.length, captured.why),
          );
        onTcp(connection, captured);
        if (captured.kind === "tcp-fin" || captured.kind === "tcp-reset")
          for (const call of connection.calls) if (call !== connection.current) onTcpEnd(call, captured);
      }
    }
  }

  #octets({ connection: tcp, when, from, offset, octets, damaged }: TcpOctets): void {
    const connection = this.#calls.connection(tcp, when);
    if (damaged)
      connection.current.addFinding("Segments of the control connection have a wrong TCP checksum.");
    const items = connection.streams[from].push(octets);
    const { carried } = connection.streams[from];
    connection.sent[from].add(offset, octets.length, carried);
    if (this.#all) connection.carried.set(when.frame, carried);
    this.#control(connection, when, from, items);
  }

  #control(connection: Connection, when: Moment, from: Side, items: readonly ControlItem[]): void {
    for (const item of items) {
      const call =
        item.kind === "message" || item.kind === "begun"
          ? this.#calls.callOf(connection, from, item.message, when)
          : connection.current;
      call.touch(when);
      onControl(call, when, from, item, connection.streams[from]);
      this.#calls.route(call);
      if (item.kind === "message" && item.message.type === "stop-control-connection-request")
        for (const other of connection.calls)
          if (other !== call)
            other.facts.endings.add(from, when, { kind: "stop", reason: item.message.reason });
    }
  }

  #icmp(error: IcmpError): void {
    if (error.copyOf !== undefined) return;
    const { protocol } = error.about;
    const about = this.#calls.about(error);
    if (about === undefined || protocol === "cut") return;
    const { call, sender } = about;
    const says = icmpText(error);
    call.touch(error.when);
    const text = `ICMP from ${error.source} about ${protocol.toUpperCase()} of the ${sender}: ${says}`;
    call.note(error.when, "icmp", text, { fields: () => [icmpField(error)] });
    const { icmp } = call.facts;
    if (icmp.length < MAX_FINDINGS)
      icmp.push({
        about: protocol,
        sender,
        by: error.source,
        says,
        final: isFinal(error),
        at: error.when.at,
      });
  }
}
