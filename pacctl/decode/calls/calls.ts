import { greCallId } from "../../../server/gre/gre-fields.ts";
import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import type { Endpoint, IcmpError, Moment, Side, TcpConnection } from "../../capture/captured.ts";
import { MAX_CALLS, MAX_ROWS, SILENT_AFTER, SWEEP_EVERY } from "../limits.ts";
import { Call, type CallServices } from "./call.ts";
import { CallsBetween } from "./calls-between.ts";
import { Connection } from "./connection.ts";
import { GreAssignment } from "./gre-assignment.ts";
import { LateJoining, lacksTunnel } from "./late-joining.ts";
import { Neighbours } from "./neighbours.ts";
import { report } from "./report.ts";
import { Tunnel } from "./tunnel.ts";
import { UnassignedGre } from "./unassigned-gre.ts";

/**
 * Ours: nothing at all for longer, in nanoseconds, is a capture that paused or a clock that was set, and not
 * the silence of one call.
 */
const LEAP = 60e9;

/** Ours: calls among which the one is looked for that makes room. */
const LOOKED_AT = 64;

/** All calls of a capture that are not over: who belongs to whom, and when each is over. */
export class Calls {
  readonly #services: CallServices;
  readonly #connections = new Map<number, Connection>();
  /** The newest one of the same ends, for ICMP errors. */
  readonly #byEnds = new Map<string, Connection>();
  readonly #unassigned = new UnassignedGre();
  readonly #tunnels = new Map<Call, Tunnel>();
  /** Who got ICMP errors of which the capture cut away what they are about. */
  readonly #cutErrors = new Set<string>();
  /** For GRE that no route knows. */
  readonly #between = new CallsBetween();
  readonly #joining = new LateJoining(this.#between, this.#unassigned);
  /** Addresses of servers, as control connections show them. */
  readonly #servers = new Set<string>();
  readonly #neighbours = new Neighbours();
  #count = 0;
  #now = Number.NEGATIVE_INFINITY;
  #sweepAt = Number.NEGATIVE_INFINITY;
  /** Before this nothing at all was captured for a while: whoever was silent then need not be gone. */
  #awakeSince = Number.NEGATIVE_INFINITY;
  readonly gre: GreAssignment;
  /** Calls that are the same dial as an earlier one, on the other side of a NAT. */
  twice = 0;

  constructor(services: CallServices) {
    this.#services = services;
    this.gre = new GreAssignment({
      between: this.#between,
      joining: this.#joining,
      unassigned: this.#unassigned,
      servers: this.#servers,
      tunnel: (call) => this.#tunnels.get(call)!,
      begin: (client, server, when) => this.#begin(client, server, when),
    });
  }

  /** The connection, made where it is new: with it begins a call, before it has one. */
  connection(tcp: TcpConnection, when: Moment): Connection {
    let connection = this.#connections.get(tcp.id);
    if (connection === undefined) {
      const stray = tcp.seen === "mid-stream" ? this.#strayOf(tcp) : undefined;
      const first = stray ?? this.#begin(tcp.client.address, tcp.server.address, when);
      connection = new Connection(tcp, first);
      first.connection = connection;
      first.facts.tcp.heard = tcp.heard;
      this.#connections.set(tcp.id, connection);
      this.#byEnds.set(endsOf(tcp.client, tcp.server), connection);
      if (this.#servers.size < MAX_CALLS) this.#servers.add(tcp.server.address);
    }
    return connection;
  }

  /** The connection where it is known; none is made. */
  known({ id }: TcpConnection): Connection | undefined {
    return this.#connections.get(id);
  }

  /** Another call on a connection. */
  another(connection: Connection, when: Moment): Call {
    const call = this.#begin(connection.tcp.client.address, connection.tcp.server.address, when);
    call.facts.control.ofPacd = connection.current.facts.control.ofPacd;
    connection.add(call);
    return call;
  }

  /** The call that a message is about, made where it asks for a new one or names one that is not known. */
  callOf(connection: Connection, from: Side, message: CutMessage, when: Moment): Call {
    const nearest = connection.callOf(from, message);
    if (nearest === undefined) return this.another(connection, when);
    if (connection.tcp.seen !== "mid-stream") return nearest;
    const found = this.#joining.find(nearest, from, message);
    if ("call" in found) {
      found.call.named ||= found.named;
      return found.call;
    }
    if ("stray" in found) {
      this.#takeAway(found.stray, when);
      if (lacksTunnel(nearest) && !nearest.named) this.#absorb(nearest, found.stray);
      else {
        this.#release(connection, nearest);
        connection.add(found.stray);
      }
      found.stray.named = true;
      return found.stray;
    }
    const { side, id } = found.unknown;
    const known = nearest.ids[side] !== undefined;
    if (known) this.#release(connection, nearest);
    const call = known ? this.another(connection, when) : nearest;
    call.ids[side] = id;
    call.named = true;
    return call;
  }

  /** GRE finds the call by its IDs from now on. What was seen of it before is the same call. */
  route(call: Call): void {
    const stray = this.#joining.seenBefore(call, (...route) => this.gre.find(...route)?.call);
    if (stray !== undefined) this.#absorb(call, stray);
    this.gre.route(stray ?? call);
  }

  /** Its number may come again, for another connection. */
  forget(tcp: TcpConnection, now: number): void {
    const connection = this.#connections.get(tcp.id);
    if (connection === undefined) return;
    for (const call of connection.calls) call.overAt = Math.min(call.overAt, now);
    this.#connections.delete(tcp.id);
    const ends = endsOf(tcp.client, tcp.server);
    if (this.#byEnds.get(ends) === connection) this.#byEnds.delete(ends);
  }

  /** The call, and the sender of the packet that an ICMP error quotes. */
  about({ about, destination }: IcmpError): { readonly call: Call; readonly sender: Side } | undefined {
    if (about.protocol === "cut") {
      if (this.#cutErrors.size < MAX_CALLS) this.#cutErrors.add(destination);
      return undefined;
    }
    if (about.protocol === "gre") {
      const callId = greCallId(about.octets);
      const route = callId === undefined ? undefined : this.gre.find(about.source, about.destination, callId);
      if (route !== undefined) return { call: route.call, sender: route.from };
      return this.#between.newest(about.source, about.destination);
    }
    const connection = this.#byEnds.get(endsOf(about.source, about.destination));
    if (connection !== undefined) return { call: connection.current, sender: "client" };
    const turned = this.#byEnds.get(endsOf(about.destination, about.source));
    if (turned !== undefined) return { call: turned.current, sender: "server" };
    return undefined;
  }

  /** Calls that are over by now are told. Cheap, where it was done a moment ago. */
  sweep(now: number): void {
    if (now < this.#sweepAt) return;
    if (now - this.#now > LEAP) this.#awakeSince = now;
    this.#now = now;
    this.#sweepAt = now + SWEEP_EVERY;
    let rows = 0;
    for (const call of this.#tunnels.keys()) {
      const silentSince = Math.max(call.lastAt, this.#awakeSince);
      if (now > call.overAt || now - silentSince > SILENT_AFTER) this.#finish(call, false);
      else rows += call.rowsHeld;
    }
    this.#services.keptRows.held = rows;
    if (rows > MAX_ROWS) for (const call of this.#tunnels.keys()) call.keepFewRows();
  }

  /** Nothing has come for a while: what was counted so far is told, and so are calls that are over. */
  quiet(now: number): void {
    for (const call of this.#tunnels.keys()) call.flushBursts();
    this.sweep(now);
  }

  /** The capture ends at `now`: so do all calls, one after the other. */
  *ending(now: number): Generator<void> {
    this.#now = now;
    this.gre.end();
    for (const { control, stray } of this.#joining.leftAlone()) this.#absorb(control, stray);
    for (const call of [...this.#tunnels.keys()]) {
      this.#finish(call, true);
      yield;
    }
  }

  #begin(client: string, server: string, when: Moment): Call {
    if (this.#tunnels.size >= MAX_CALLS) this.#makeRoom();
    this.#count += 1;
    const call = new Call(this.#services, this.#count, client, server, when);
    this.#tunnels.set(call, new Tunnel(call));
    this.#between.add(call);
    return call;
  }

  /**
   * The GRE that a connection, joined in its midst, has its tunnel in, where there is one that it must be.
   */
  #strayOf(tcp: TcpConnection): Call | undefined {
    const turned = this.#joining.turnedStrayOf(tcp);
    if (turned === undefined) return this.#joining.strayOf(tcp);
    this.gre.forget(turned);
    this.#between.remove(turned);
    turned.turn();
    this.#tunnels.get(turned)!.turn();
    this.#between.add(turned);
    this.gre.route(turned);
    return turned;
  }

  /** A call that was taken for one of this connection by its addresses alone is not: it shows another one. */
  #release(connection: Connection, call: Call): void {
    if (call.named || lacksTunnel(call)) return;
    connection.remove(call);
    call.connection = undefined;
    call.facts.tcp.connection = "none";
    call.facts.tcp.heard = undefined;
  }

  /** A call is not of the connection that it was taken for by its addresses alone: that one has another. */
  #takeAway(call: Call, when: Moment): void {
    const { connection } = call;
    if (!(connection instanceof Connection)) return;
    this.#release(connection, call);
    const other = this.another(connection, when);
    other.facts.tcp.connection = "mid-stream";
    other.note(when, "tcp", "The capture begins in the midst of this connection");
  }

  /** A control connection turns out to be that of a call whose GRE was seen before. */
  #absorb(control: Call, stray: Call): void {
    const { lastAt: at, lastFrame: frame, connection } = control;
    control.note({ at, frame, interfaceId: 0 }, "pptp", `The control connection of call ${stray.number}`);
    control.finish();
    connection?.replace(control, stray);
    stray.takeOver(control);
    this.#tunnels.delete(control);
    this.#between.remove(control);
  }

  /**
   * Ends the call that was silent the longest, of those that began first: the others move to the end of the
   * line.
   */
  #makeRoom(): void {
    const first: Call[] = [];
    for (const call of this.#tunnels.keys()) if (first.push(call) === LOOKED_AT) break;
    const oldest = first.reduce((a, b) => (b.lastAt < a.lastAt ? b : a));
    oldest.addFinding("So many calls went on at once that this one was not followed to its end.");
    this.#finish(oldest, false);
    for (const call of first) {
      const tunnel = this.#tunnels.get(call);
      if (tunnel === undefined) continue;
      this.#tunnels.delete(call);
      this.#tunnels.set(call, tunnel);
    }
  }

  #finish(call: Call, captureEnded: boolean): void {
    this.gre.settle(call);
    if (!captureEnded && lacksTunnel(call)) {
      const calls = this.#between.of(call.client, call.server);
      for (const { control, stray } of this.#joining.leftAlone([calls])) this.#absorb(control, stray);
    }
    // It became part of another one, or made room.
    if (!this.#tunnels.has(call)) return;
    call.finish();
    if ((call.twin?.call.number ?? call.number) < call.number) this.twice += 1;
    call.facts.icmpCut = this.#cutErrors.has(call.client) || this.#cutErrors.has(call.server);
    call.facts.otherCall = this.#neighbours.of(call, this.#between.withSender(call.client, call.server));
    this.#neighbours.over(call);
    this.#services.sink.over(report(call, this.#now, captureEnded));
    this.#tunnels.delete(call);
    this.#between.remove(call);
    this.gre.forget(call);
    call.connection?.remove(call);
  }
}

const endsOf = (from: Endpoint, to: Endpoint): string =>
  `${from.address} ${from.port} ${to.address} ${to.port}`;
