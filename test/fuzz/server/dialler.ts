import assert from "node:assert/strict";
import { GRE_OK, GreHeader, readGre } from "../../../server/gre/header.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { decodePacket } from "../../../server/ppp/packet.ts";
import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import type { VirtualTcp } from "../../simulation/virtual-tcp.ts";
import type { World } from "../../simulation/world.ts";
import { ControlConnection } from "../../support/peers/control-connection.ts";
import { greFrame } from "../../support/peers/gre-bytes.ts";
import { LCP } from "../../support/peers/ppp-bytes.ts";
import { PPTP_LINUX } from "../../support/peers/pppd.ts";
import { type Habits, isData, StatelessPpp } from "./stateless-ppp.ts";

/** What a client owes the server and has not sent. */
interface Owed {
  readonly over: "tcp" | "gre";
  readonly octets: Uint8Array;
}

/** A client whose every message waits until the dialogue lets it go, as it is or spoilt. */
export class Dialler {
  readonly owed: Owed[] = [];
  readonly ppp: StatelessPpp;
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
  readonly #control: ControlConnection;
  readonly #header = new GreHeader();
  readonly #tcp: VirtualTcp;

  constructor(world: World, from: number, habits: Habits) {
    this.#world = world;
    this.from = from;
    this.ppp = new StatelessPpp(habits, (octets) => this.#owe("gre", octets));
    this.#tcp = world.connect(formatIpv4(ipv4(from)));
    this.#control = new ControlConnection(PPTP_LINUX, {
      write: (octets) => this.#owe("tcp", octets),
      started: () => this.call(),
      callReply: ({ result, callId }) => {
        if (result === 1) this.#callIsUp(callId);
      },
    });
    this.#tcp.onData = (octets) => {
      this.heard += octets.length;
      this.#control.receive(octets);
    };
    world.receivers.set(from, (octets) => this.#onGre(octets));
    this.#control.start();
  }

  /** Asks for one more call. */
  call(): void {
    this.callId += 1;
    this.#control.requestCall(this.callId);
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

  /** Terminates LCP, clears the call, or stops the control connection. */
  end(which: number): void {
    if (which % 3 === 0) this.ppp.hangUp();
    else if (which % 3 === 1) this.#control.clearCall(this.callId);
    else this.#control.stop();
  }

  close(): void {
    this.#tcp.close();
  }

  #owe(over: Owed["over"], octets: Uint8Array): void {
    this.owed.push({ over, octets });
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
