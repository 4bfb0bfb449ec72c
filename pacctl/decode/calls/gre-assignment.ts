import { greCallId } from "../../../server/gre/gre-fields.ts";
import type { GrePacket, Moment, Side } from "../../capture/captured.ts";
import { opposite } from "../side.ts";
import type { Call } from "./call.ts";
import type { CallsBetween } from "./calls-between.ts";
import { type LateJoining, lacksTunnel } from "./late-joining.ts";
import { fromElsewhere, withOtherIds } from "./misdirected-gre.ts";
import { type Route, Routes } from "./routes.ts";
import type { Tunnel } from "./tunnel.ts";
import { type AssignedFlow, type GreFlow, isFromFirst, type UnassignedGre } from "./unassigned-gre.ts";

/** Octets of a GRE header up to and with the call ID (RFC 2637 §4.1). */
const GRE_CALL_ID = 8;

const BY_ORDER =
  "Several calls go on between these two addresses, and nothing shows which GRE packets of the client belong to which of the server: the first of each were put together, so that one direction, and its call ID, may be another call's.";

/** It asked for a call, and what was answered is not in the capture. */
const lacksReply = ({ facts, ids }: Call): boolean =>
  facts.control.callRequest && facts.control.callReply === undefined && ids.server === undefined;

/** What assigning GRE needs of the calls there are. */
export interface AssignmentServices {
  readonly between: CallsBetween;
  readonly joining: LateJoining;
  readonly unassigned: UnassignedGre;
  /** Addresses of servers, as control connections show them. */
  readonly servers: ReadonlySet<string>;
  tunnel(call: Call): Tunnel;
  begin(client: string, server: string, when: Moment): Call;
}

/** Which GRE packet belongs to which call. */
export class GreAssignment {
  readonly #routes = new Routes();
  readonly #services: AssignmentServices;
  /** Routes of a call beside those that its control connection says. */
  readonly #detours = new Map<Call, readonly { source: string; destination: string; callId: number }[]>();
  /** GRE packets that belong to nothing that could be made out. */
  unexplained = 0;
  /** GRE of other kinds of tunnels, or without room for a call ID. */
  otherGre = 0;

  constructor(services: AssignmentServices) {
    this.#services = services;
  }

  /** Undefined: no call is known to send such. */
  find(source: string, destination: string, callId: number): Route | undefined {
    return this.#routes.find(source, destination, callId);
  }

  /** The call has its IDs, or one of them: GRE finds it from now on, and what came before is taken back. */
  route(call: Call): void {
    if (call.finished) return;
    const { unassigned } = this.#services;
    for (const to of ["client", "server"] as const) {
      const id = call.ids[to];
      if (id === undefined) continue;
      const from = opposite(to);
      const [source, destination] = [call[from], call[to]];
      if (this.#routes.find(source, destination, id)?.call === call) continue;
      const otherId = call.ids[from];
      const isLate = !call.facts.control.callRequest;
      const isOpen = lacksTunnel(call) || unassigned.isContested(source, destination);
      if (otherId === undefined && ((isLate && isOpen) || this.#isOneWithoutReply(call))) {
        unassigned.claim(source, destination, id, call);
        continue;
      }
      this.#routes.add(source, destination, id, { call, tunnel: this.#services.tunnel(call), from });
      const early = unassigned.take(source, destination, id, isLate ? otherId : undefined);
      if (early !== undefined) this.#takeBack(call, from, id, early);
    }
  }

  /** Packets that `from` sent to the call with this ID, and those of the other direction where they fit. */
  #takeBack(call: Call, from: Side, id: number, flow: GreFlow): void {
    const to = opposite(from);
    const otherId = flow.firstId === id && flow.first === call[from] ? flow.secondId : flow.firstId;
    // A dial that was seen from its beginning gets the other ID by its reply.
    const whole = (call.ids[from] ?? otherId) === otherId && !call.facts.control.callRequest;
    if (whole && otherId !== undefined) {
      if (flow.paired === "by order") call.addFinding(BY_ORDER);
      call.ids[from] = otherId;
      this.#routes.add(call[to], call[from], otherId, {
        call,
        tunnel: this.#services.tunnel(call),
        from: to,
      });
    }
    const firstIsClient =
      flow.first === call.client && (flow.first !== flow.second || flow.firstId === call.ids.server);
    const sentBy = (packet: GrePacket): Side =>
      isFromFirst(flow, packet) === firstIsClient ? "client" : "server";
    this.#replay(call, { flow, firstIsClient, guessed: false }, (packet) => whole || sentBy(packet) === from);
    if (!whole) for (const packet of flow.packets) if (sentBy(packet) !== from) this.packet(packet);
  }

  packet(packet: GrePacket): void {
    const { source, destination } = packet;
    const callId = greCallId(packet.octets);
    if (callId === undefined) {
      if (!packet.cut || packet.octets.length >= GRE_CALL_ID) this.otherGre += 1;
      else this.#withoutId(packet);
      return;
    }
    const route =
      this.#routes.find(source, destination, callId) ??
      // Where others are held as well, this one need not be of the next best call.
      (this.#services.unassigned.holdsOthers(source, destination, callId)
        ? undefined
        : this.#completeIds(packet, callId)) ??
      (this.#services.unassigned.has(source, destination, callId)
        ? undefined
        : this.#elsewhere(packet, callId));
    if (route !== undefined) {
      if (route.astray === true) route.call.facts.astray[route.from] += 1;
      route.tunnel.packet(route.from, packet);
      return;
    }
    const { ready, evicted } = this.#services.unassigned.add(packet, callId, this.#mayFollow(packet));
    this.unexplained += evicted ?? 0;
    for (const flow of ready ?? []) this.#assign(flow);
  }

  /** May others between these two show up, whose dials the capture does not have from their beginning? */
  #mayFollow({ source, destination }: GrePacket): boolean {
    const calls = this.#services.between.withSender(source, destination);
    return calls.every(
      ({ call }) =>
        ["none", "mid-stream"].includes(call.facts.tcp.connection) || this.#isOneWithoutReply(call),
    );
  }

  /** Did several between the same two ask for a call, and is the answer to this one not in the capture? */
  #isOneWithoutReply(call: Call): boolean {
    return (
      lacksReply(call) && this.#services.between.of(call.client, call.server).filter(lacksReply).length > 1
    );
  }

  /** The capture cut away which call it is of: the newest one between these two. */
  #withoutId(packet: GrePacket): void {
    const found = this.#services.between.newest(packet.source, packet.destination);
    if (found === undefined) this.unexplained += 1;
    else this.#services.tunnel(found.call).unreadable(found.sender, packet);
  }

  /** The capture is at its end: what belongs to nothing is a call of its own. */
  end(): void {
    for (const flow of this.#services.unassigned.end()) this.#assign(flow);
  }

  /** A packet of a call that comes from another address than it should. */
  #elsewhere(packet: GrePacket, callId: number): Route | undefined {
    const { source, destination } = packet;
    const routes = this.#routes.to(destination, callId);
    const found = fromElsewhere(packet, routes, this.#services.between);
    if (found === undefined) return undefined;
    found.call.facts.elsewhere[found.from] = source;
    return this.#detour(source, destination, callId, found);
  }

  /** GRE of a call comes this way, which its control connection does not say. */
  #detour(source: string, destination: string, callId: number, way: Route): Route {
    const { call } = way;
    const route = { ...way, astray: true };
    this.#routes.add(source, destination, callId, route);
    this.#detours.set(call, [...(this.#detours.get(call) ?? []), { source, destination, callId }]);
    return route;
  }

  /** The call is about to end: what is held for it is part of it. */
  settle(call: Call): void {
    const { unassigned } = this.#services;
    for (const flow of unassigned.release(call)) this.#assign(flow);
    if (!lacksTunnel(call)) return;
    for (const flow of unassigned.endBetween(call.client, call.server)) this.#assign(flow);
  }

  /** Nothing more is of this call. */
  forget(call: Call): void {
    for (const { source, destination, callId } of this.#detours.get(call) ?? [])
      this.#routes.remove(source, destination, callId, call);
    this.#detours.delete(call);
    for (const to of ["client", "server"] as const) {
      const id = call.ids[to];
      if (id !== undefined) this.#routes.remove(call[opposite(to)], call[to], id, call);
    }
  }

  /** A call that was joined in its midst gets the ID of this packet. */
  #completeIds({ source, destination, octets }: GrePacket, callId: number): Route | undefined {
    // What is held of the other direction may be of the same call as this packet.
    const contested = this.#services.unassigned.holdsAny(destination, source);
    const found = this.#services.joining.lacking(source, destination, ({ call, sender }, exactly) =>
      this.#services.tunnel(call).mayBeFrom(sender, octets, exactly || contested),
    );
    // Of a connection without a tunnel it need not be: it takes both directions to tell.
    if (found === undefined || lacksTunnel(found.call)) return undefined;
    const { call, sender } = found;
    call.ids[opposite(sender)] = callId;
    this.route(call);
    return this.#routes.find(source, destination, callId);
  }

  /**
   * A flow becomes a call of its own, or shows the IDs of one whose control messages were not all captured.
   */
  #assign(assigned: AssignedFlow): void {
    const { flow } = assigned;
    const owner = flow.owner?.finished === false ? flow.owner : undefined;
    if (owner === undefined && this.#isMisdirected(flow)) return;
    const ofOwner = owner === undefined ? undefined : flow.first === owner.client;
    const firstIsClient = ofOwner ?? (assigned.guessed ? !this.#isServer(flow) : assigned.firstIsClient);
    const [client, server] = firstIsClient ? [flow.first, flow.second] : [flow.second, flow.first];
    // The ID in a packet is the receiver's.
    const [toServer, toClient] = firstIsClient
      ? [flow.firstId, flow.secondId]
      : [flow.secondId, flow.firstId];
    const call =
      owner ??
      this.#withoutReply(client, server, toClient, toServer) ??
      this.#services.joining.controlOf(
        { client, server },
        { client: toClient, server: toServer },
        flow.packets.at(-1)!.when.at,
      ) ??
      this.#services.begin(client, server, flow.packets[0]!.when);
    call.ids.server ??= toServer;
    call.ids.client ??= toClient;
    if (flow.paired === "by order") call.addFinding(BY_ORDER);
    call.guessed ||= assigned.guessed && !this.#services.servers.has(call.server);
    this.route(call);
    this.#replay(call, { ...assigned, firstIsClient });
  }

  /**
   * A flow that is of a call, whose receivers would not take it for their own. It passes through its tunnel.
   */
  #isMisdirected(flow: GreFlow): boolean {
    const [packet] = flow.packets;
    if (flow.secondId === undefined && this.#elsewhere(packet!, flow.firstId) !== undefined) {
      for (const one of flow.packets) this.packet(one);
      return true;
    }
    const found = withOtherIds(flow, this.#services.between);
    if (found === undefined) return false;
    const { call, sender } = found;
    const tunnel = this.#services.tunnel(call);
    const ids = [[flow.first, flow.second, flow.firstId, sender] as const];
    if (flow.secondId !== undefined)
      ids.push([flow.second, flow.first, flow.secondId, opposite(sender)] as const);
    for (const [source, destination, callId, from] of ids) {
      call.facts.otherIds[opposite(from)] = callId;
      this.#detour(source, destination, callId, { call, tunnel, from });
    }
    for (const packet of flow.packets)
      call.facts.astray[isFromFirst(flow, packet) ? sender : opposite(sender)] += 1;
    this.#replay(call, { flow, firstIsClient: sender === "client", guessed: false });
    return true;
  }

  /** Is the first sender of a flow known as a server, and the other one not? */
  #isServer({ first, second }: GreFlow): boolean {
    return this.#services.servers.has(first) && !this.#services.servers.has(second);
  }

  /** A call that asked, and whose answer is not in the capture. */
  #withoutReply(
    client: string,
    server: string,
    toClient: number | undefined,
    toServer: number | undefined,
  ): Call | undefined {
    for (const call of this.#services.between.of(client, server)) {
      const { ids } = call;
      const fits = ids.client === undefined || ids.client === toClient || toClient === undefined;
      if (fits && toServer !== undefined && lacksReply(call)) return call;
    }
    return undefined;
  }

  /** The packets of a flow, or such of them as are wanted, pass through the tunnel now. */
  #replay(
    call: Call,
    { flow, firstIsClient }: AssignedFlow,
    wanted: (packet: GrePacket) => boolean = () => true,
  ): void {
    const tunnel = this.#services.tunnel(call);
    call.beginAt(Math.min(...flow.packets.map(({ when }) => when.at)));
    for (const packet of flow.packets)
      if (wanted(packet))
        tunnel.packet(isFromFirst(flow, packet) === firstIsClient ? "client" : "server", packet);
    call.sortRows();
  }
}
