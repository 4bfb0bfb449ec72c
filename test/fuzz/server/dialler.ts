import assert from "node:assert/strict";
import { GRE_OK, GreHeader, readGre } from "../../../server/gre/header.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { decodePacket } from "../../../server/ppp/packet.ts";
import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { toPeerCallId } from "../../../server/wire/call-id.ts";
import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { CALL_REQUEST } from "../../simulation/peers/call-request.ts";
import { greFrame } from "../../simulation/peers/gre-bytes.ts";
import { LCP } from "../../simulation/peers/ppp-bytes.ts";
import type { VirtualTcp } from "../../simulation/virtual-tcp.ts";
import type { World } from "../../simulation/world.ts";
import { controlFixture } from "../../support/pptp/control-fixtures.ts";
import { isData, type Manner, PppClient } from "./ppp-client.ts";

/** What a client owes the server and has not sent. */
interface Owed {
  readonly over: "tcp" | "gre";
  readonly octets: Uint8Array;
}

/** A client whose every message waits until the dialogue lets it go, as it is or spoilt. */
export class Dialler {
  readonly owed: Owed[] = [];
  readonly ppp: PppClient;
  /** The client's outer address. */
  readonly from: number;
  serverCallId = 0;
  callId = 0;
  sequence = 0;
  /** Octets in a TCP segment. */
  segment = Number.POSITIVE_INFINITY;
  /** Octets that the server has sent. */
  heard = 0;
  readonly #world: World;
  readonly #framer = new Framer();
  readonly #header = new GreHeader();
  readonly #tcp: VirtualTcp;

  constructor(world: World, from: number, manner: Manner) {
    this.#world = world;
    this.from = from;
    this.ppp = new PppClient(manner, (octets) => this.#owe("gre", octets));
    this.#tcp = world.connect(formatIpv4(ipv4(from)));
    this.#tcp.onData = (octets) => this.#onControl(octets);
    world.receivers.set(from, (octets) => this.#onGre(octets));
    this.#say(controlFixture("start-control-connection-request").message);
  }

  /** Asks for one more call. */
  call(): void {
    this.callId += 1;
    this.#say({ ...CALL_REQUEST, callId: toPeerCallId(this.callId) });
  }

  send({ over, octets }: Owed): void {
    if (over === "gre") this.frame(octets);
    else this.write(octets);
  }

  write(octets: Uint8Array): void {
    for (let at = 0; at < octets.length; at += this.segment)
      this.#tcp.write(octets.slice(at, at + Math.min(this.segment, octets.length)));
  }

  frame(octets: Uint8Array): void {
    this.gre(greFrame(this.serverCallId, this.sequence++, octets));
  }

  gre(octets: Uint8Array): void {
    this.#world.gre(this.from, octets);
  }

  /** LCP's goodbye, that of the call, or that of the control connection. */
  goodbye(which: number): void {
    if (which % 3 === 0) this.ppp.hangUp();
    else if (which % 3 === 1) this.#say({ type: "call-clear-request", callId: toPeerCallId(this.callId) });
    else this.#say({ type: "stop-control-connection-request", reason: 1 });
  }

  close(): void {
    this.#tcp.close();
  }

  #say(message: ControlMessage): void {
    this.#owe("tcp", encodeMessage(message));
  }

  #owe(over: Owed["over"], octets: Uint8Array): void {
    this.owed.push({ over, octets });
  }

  #onControl(octets: Uint8Array): void {
    this.heard += octets.length;
    for (const result of this.#framer.push(octets)) {
      assert.ok(result.ok, "the server sent what is no control message");
      const message = result.value;
      if (message.type === "start-control-connection-reply") this.call();
      if (message.type === "outgoing-call-reply" && message.result === 1) this.#callIsUp(message.callId);
      if (message.type === "echo-request")
        this.#say({ type: "echo-reply", identifier: message.identifier, result: 1, error: 0 });
      if (message.type === "stop-control-connection-request")
        this.#say({ type: "stop-control-connection-reply", result: 1, error: 0 });
    }
  }

  #callIsUp(callId: number): void {
    this.serverCallId = callId;
    this.sequence = 0;
    this.ppp.negotiate(LCP);
  }

  #onGre(octets: Uint8Array): void {
    this.heard += octets.length;
    const header = this.#header;
    assert.equal(readGre(octets, 0, octets.length, header), GRE_OK, "the server sent what is no GRE");
    if (header.payloadLength === 0) return;
    const payload = octets.slice(header.payloadOffset, header.payloadOffset + header.payloadLength);
    const frame = decodeFrame(payload);
    assert.ok(frame.ok, "the server sent what is no PPP frame");
    const { protocol, information } = frame.value;
    if (isData(protocol)) return;
    const packet = decodePacket(information);
    assert.ok(packet.ok, "the server sent what is no control packet");
    const { code, identifier: id, data } = packet.value;
    this.ppp.receive({ protocol, code, id, data });
  }
}
