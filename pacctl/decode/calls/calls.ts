import { greCallId } from "../../../server/gre/gre-fields.ts";
import type { Endpoint, GrePacket, IcmpError, Moment, Side, TcpConnection } from "../../capture/captured.ts";
import { MAX_CALLS, MAX_ROWS, MAX_ROWS_WITH_FIELDS, SILENT_AFTER, SWEEP_EVERY } from "../limits.ts";
import { opposite } from "../side.ts";
import { ByAddresses } from "./by-addresses.ts";
import { Call, type CallServices } from "./call.ts";
import { Connection } from "./connection.ts";
import { report } from "./report.ts";
import { type Route, Routes } from "./routes.ts";
import { Tunnel } from "./tunnel.ts";
import { type AssignedFlow, isFromFirst, UnassignedGre } from "./unassigned-gre.ts";

/**
 * Ours: nothing at all for longer, in nanoseconds, is a capture that paused or a clock that was set, and not
 * the silence of one call.
 */
const LEAP = 60e9;
/** Octets of a GRE header up to and with the call ID (RFC 2637 §4.1). */
const GRE_CALL_ID = 8;

/** Ours: calls among which the one is looked for that makes room. */
const LOOKED_AT = 64;

/** All calls of a capture that are not over: who belongs to whom, and when each is over. */
export class Calls {
  readonly #services: CallServices;
  readonly #connections = new Map<number, Connection>();
  /** The newest one of the same ends, for ICMP errors. */
  readonly #byEnds = new Map<string, Connection>();
  readonly #routes = new Routes();
  readonly #unassigned = new UnassignedGre();
  readonly #tunnels = new Map<Call, Tunnel>();
  /** By client and server, for GRE that no route knows. */
  readonly #byAddresses = new ByAddresses();
  /** Who got ICMP errors of which the capture cut away what they are about. */
  readonly #cutErrors = new Set<string>();
  #count = 0;
  #now = Number.NEGATIVE_INFINITY;
  #sweepAt = Number.NEGATIVE_INFINITY;
  /** Before this nothing at all was captured for a while: whoever was silent then need not be gone. */
  #awakeSince = Number.NEGATIVE_INFINITY;
  /** GRE packets that belong to nothing that could be made out. */
  unexplained = 0;
  /** GRE of other kinds of tunnels, or without room for a call ID. */
  otherGre = 0;

  constructor(services: CallServices) {
    this.#services = services;
  }

  /** The connection, made where it is new: with it begins a call, before it has one. */
  connection(tcp: TcpConnection, when: Moment): Connection {
    let connection = this.#connections.get(tcp.id);
    if (connection === undefined) {
      const first = this.#begin(tcp.client.address, tcp.server.address, when);
      connection = new Connection(tcp, first);
      first.connection = connection;
      first.facts.tcp.heard = tcp.heard;
      this.#connections.set(tcp.id, connection);
      this.#byEnds.set(endsOf(tcp.client, tcp.server), connection);
    }
    return connection;
  }

  /** Another call on a connection. */
  another(connection: Connection, when: Moment): Call {
    const call = this.#begin(connection.tcp.client.address, connection.tcp.server.address, when);
    call.facts.control.ofPacd = connection.current.facts.control.ofPacd;
    connection.add(call);
    call.connection = connection;
    call.facts.tcp.heard = connection.tcp.heard;
    return call;
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

  /** The call has its IDs, or one of them: GRE finds it from now on. */
  route(call: Call): void {
    if (call.finished) return;
    for (const to of ["client", "server"] as const) {
      const id = call.ids[to];
      if (id === undefined) continue;
      const from = opposite(to);
      const [source, destination] = [call[from], call[to]];
      if (this.#routes.find(source, destination, id)?.call === call) continue;
      this.#routes.add(source, destination, id, { call, tunnel: this.#tunnel(call), from });
      const early = this.#unassigned.take(source, destination, id);
      if (early !== undefined) {
        const firstIsClient =
          early.first === call.client && (early.first !== early.second || early.firstId === call.ids.server);
        this.#replay(call, { flow: early, firstIsClient, guessed: false });
      }
    }
  }

  gre(packet: GrePacket): void {
    const { source, destination } = packet;
    const callId = greCallId(packet.octets);
    if (callId === undefined) {
      if (!packet.cut || packet.octets.length >= GRE_CALL_ID) this.otherGre += 1;
      else this.#withoutId(packet);
      return;
    }
    const route =
      this.#routes.find(source, destination, callId) ?? this.#completeIds(source, destination, callId);
    if (route !== undefined) {
      route.tunnel.packet(route.from, packet);
      return;
    }
    const { ready, evicted } = this.#unassigned.add(packet, callId);
    if (evicted !== undefined) this.unexplained += evicted.packets.length;
    if (ready !== undefined) this.#assign(ready);
  }

  /** The capture cut away which call it is of: the newest one between these two. */
  #withoutId(packet: GrePacket): void {
    const found = this.#byAddresses.between(packet.source, packet.destination, () => true);
    if (found === undefined) this.unexplained += 1;
    else this.#tunnel(found.call).unreadable(found.sender, packet);
  }

  /** The call, and the sender of the packet that an ICMP error quotes. */
  about({ about, destination }: IcmpError): { readonly call: Call; readonly sender: Side } | undefined {
    if (about.protocol === "cut") {
      if (this.#cutErrors.size < MAX_CALLS) this.#cutErrors.add(destination);
      return undefined;
    }
    if (about.protocol === "gre") {
      const callId = greCallId(about.octets);
      const route =
        callId === undefined ? undefined : this.#routes.find(about.source, about.destination, callId);
      if (route !== undefined) return { call: route.call, sender: route.from };
      return this.#byAddresses.between(about.source, about.destination, () => true);
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
    if (rows > (this.#services.options.fields ? MAX_ROWS_WITH_FIELDS : MAX_ROWS))
      for (const call of this.#tunnels.keys()) call.keepFewRows();
  }

  /** Nothing has come for a while: what was counted so far is told, and so are calls that are over. */
  quiet(now: number): void {
    for (const call of this.#tunnels.keys()) call.flushBursts();
    this.sweep(now);
  }

  /** The capture ends at `now`: so do all calls. */
  end(now: number): void {
    this.#now = now;
    for (const flow of this.#unassigned.end()) this.#assign({ flow, firstIsClient: true, guessed: true });
    for (const call of [...this.#tunnels.keys()]) this.#finish(call, true);
  }

  #begin(client: string, server: string, when: Moment): Call {
    if (this.#tunnels.size >= MAX_CALLS) this.#makeRoom();
    this.#count += 1;
    const call = new Call(this.#services, this.#count, client, server, when);
    this.#tunnels.set(call, new Tunnel(call));
    this.#byAddresses.add(call);
    return call;
  }

  #tunnel(call: Call): Tunnel {
    return this.#tunnels.get(call)!;
  }

  /**
   * A call between these two that lacks this very ID: its control connection was joined in its midst, or
   * there is none.
   */
  #completeIds(source: string, destination: string, callId: number): Route | undefined {
    const found = this.#byAddresses.between(
      source,
      destination,
      ({ ids, facts }, sender) =>
        ids[opposite(sender)] === undefined &&
        (facts.cut > 0 || (!facts.control.callRequest && facts.tcp.connection !== "syn")),
    );
    if (found === undefined) return undefined;
    const { call, sender } = found;
    call.ids[opposite(sender)] = callId;
    const route = { call, tunnel: this.#tunnel(call), from: sender };
    this.#routes.add(source, destination, callId, route);
    return route;
  }

  /**
   * A flow becomes a call of its own, or shows the IDs of one whose control messages were not all captured.
   */
  #assign(assigned: AssignedFlow): void {
    const { flow, firstIsClient } = assigned;
    const [client, server] = firstIsClient ? [flow.first, flow.second] : [flow.second, flow.first];
    // The ID in a packet is the receiver's.
    const [toServer, toClient] = firstIsClient
      ? [flow.firstId, flow.secondId]
      : [flow.secondId, flow.firstId];
    const call =
      this.#withoutReply(client, server, toClient, toServer) ??
      this.#begin(client, server, flow.packets[0]!.when);
    call.ids.server ??= toServer;
    call.ids.client ??= toClient;
    if (assigned.guessed && call.connection === undefined)
      call.addFinding("Which side is the server does not show in these packets; it is a guess.");
    this.route(call);
    this.#replay(call, assigned);
  }

  /** A call that asked, and whose answer is not in the capture. */
  #withoutReply(
    client: string,
    server: string,
    toClient: number | undefined,
    toServer: number | undefined,
  ): Call | undefined {
    for (const call of this.#byAddresses.of(client, server)) {
      const { ids, facts } = call;
      const fits =
        (ids.client === undefined || ids.client === toClient || toClient === undefined) &&
        ids.server === undefined;
      if (
        fits &&
        toServer !== undefined &&
        facts.control.callReply === undefined &&
        facts.control.callRequest
      )
        return call;
    }
    return undefined;
  }

  #replay(call: Call, { flow, firstIsClient }: AssignedFlow): void {
    const tunnel = this.#tunnel(call);
    for (const packet of flow.packets)
      tunnel.packet(isFromFirst(flow, packet) === firstIsClient ? "client" : "server", packet);
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
    call.finish();
    call.facts.icmpCut = this.#cutErrors.has(call.client) || this.#cutErrors.has(call.server);
    this.#services.sink.over(report(call, this.#now, captureEnded));
    this.#tunnels.delete(call);
    this.#byAddresses.remove(call);
    for (const to of ["client", "server"] as const) {
      const id = call.ids[to];
      if (id !== undefined) this.#routes.remove(call[opposite(to)], call[to], id, call);
    }
    call.connection?.remove(call);
  }
}

const endsOf = (from: Endpoint, to: Endpoint): string =>
  `${from.address} ${from.port} ${to.address} ${to.port}`;
