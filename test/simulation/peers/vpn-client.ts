import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import type { VirtualTcp } from "../virtual-tcp.ts";
import type { World } from "../world.ts";
import { CALL_REQUEST } from "./call-request.ts";
import { ClientLogIn, PAP, type Who } from "./client-log-in.ts";
import { greFrame, greOf } from "./gre-bytes.ts";
import { type Habits, PPTP_LINUX } from "./habits.ts";
import { Insistence } from "./insistence.ts";
import {
  CCP,
  CHAP,
  CONFIGURE_ACK,
  CONFIGURE_NAK,
  CONFIGURE_REJECT,
  CONFIGURE_REQUEST,
  ECHO_REPLY,
  ECHO_REQUEST,
  frameOf,
  IPCP,
  LCP,
  MPPE,
  option,
  optionsOf,
  type PppPacket,
  PROTOCOL_REJECT,
  packetOf,
  TERMINATE_ACK,
  TERMINATE_REQUEST,
  unframe,
} from "./ppp-bytes.ts";

/** What the client saw, one line each, for assertions. */
export type Seen = string;
/**
 * A scripted PPTP client in the manner of pptp-linux and pppd 2.4.9: order, options and answers from its
 * traces. It answers at once and, unless insistent, retransmits nothing, so a server that loses a message or
 * waits is found out.
 */
export class VpnClient {
  readonly seen: Seen[] = [];
  readonly frames: PppPacket[] = [];
  address = "";
  up = false;
  /** Of the last Call-Disconnect-Notify. */
  statistics = "";
  /** Inner packets that came out of the tunnel. */
  readonly received: Uint8Array[] = [];
  tcp: VirtualTcp | undefined;
  serverCallId = 0;
  readonly #world: World;
  readonly #insistence: Insistence;
  readonly #from: number;
  readonly #fromText: string;
  readonly #habits: Habits;
  readonly #framer = new Framer();
  #segment = Number.POSITIVE_INFINITY;
  #sequence = 0;
  #heard = -1;
  #nextId = 1;
  #ccp = { ours: false, theirs: false };
  #ipcp = { ours: false, theirs: false };
  #ask = "00000000";
  /** Another one with each negotiation; with the same, a request is one that came twice. */
  #magic = "0a0b0c0d";
  readonly #logIn: ClientLogIn;

  constructor(world: World, from: { text: string; address: number }, habits: Partial<Habits> = {}) {
    this.#world = world;
    this.#insistence = new Insistence(world.clock);
    this.#from = from.address;
    this.#fromText = from.text;
    this.#habits = { ...PPTP_LINUX, ...habits };
    this.#logIn = new ClientLogIn(this.#habits);
  }

  /** Called once when the client has its address. */
  onUp: () => void = () => {};

  /** Connects and dials; the rest follows from the server's answers. `segment`: octets a TCP segment. */
  dial({ segment = Number.POSITIVE_INFINITY } = {}): void {
    this.#segment = segment;
    this.tcp = this.#world.connect(this.#fromText);
    this.tcp.onData = (bytes) => this.#control(bytes);
    if (this.#habits.gre !== "blocked") this.#world.receivers.set(this.#from, (bytes) => this.#gre(bytes));
    this.#say({
      type: "start-control-connection-request",
      version: 0x0100,
      framingCapabilities: 3,
      bearerCapabilities: 3,
      maximumChannels: 65535,
      firmwareRevision: 1,
      hostName: "local",
      vendorName: "cananian",
    });
  }

  /** Sends an inner packet through the tunnel. */
  send(packet: Uint8Array): void {
    const frame = Buffer.alloc(6 + packet.length);
    frame.writeUInt16BE(MPPE, 0);
    frame.writeUInt16BE(0x0021, 4);
    frame.set(packet, 6);
    this.#logIn.encryptor?.seal(frame, 2, frame.length);
    this.#ppp(frame);
  }

  /** A goodbye as pppd and pptp say it. */
  hangUp(): void {
    this.#lcp(TERMINATE_REQUEST, Buffer.from("User request"));
  }

  /** Negotiates LCP anew in the session, and all that follows. */
  renegotiate(who: Who = this.#habits): void {
    this.#logIn.as(who);
    this.#ccp = { ours: false, theirs: false };
    this.#ipcp = { ours: false, theirs: false };
    this.up = false;
    this.#magic = "0d0c0b0a";
    this.#callIsUp(this.serverCallId);
  }

  /** pptp's Call-Clear-Request. */
  clearCall(): void {
    this.#say({ type: "call-clear-request", callId: this.#habits.callId });
  }

  /** Loses its network without a word; the TCP connection stays open, as the server sees it. */
  vanish(): void {
    this.#world.receivers.delete(this.#from);
  }

  /** Has its network again, as if nothing had been. */
  comeBack(): void {
    this.#world.receivers.set(this.#from, (bytes) => this.#gre(bytes));
  }

  #say(message: ControlMessage): void {
    const bytes = encodeMessage(message);
    for (let at = 0; at < bytes.length; at += this.#segment) {
      this.tcp?.write(bytes.subarray(at, Math.min(bytes.length, at + this.#segment)));
    }
  }

  #control(bytes: Uint8Array): void {
    for (const result of this.#framer.push(bytes)) {
      if (!result.ok) throw new Error(`the server sent ${result.code} at ${result.at}`);
      const message = result.value;
      this.seen.push(message.type);
      if (message.type === "start-control-connection-reply") this.#requestCall();
      if (message.type === "outgoing-call-reply" && message.result === 1) this.#callIsUp(message.callId);
      if (message.type === "outgoing-call-reply" && message.result !== 1)
        this.seen.push(`result ${message.result}`);
      if (message.type === "call-disconnect-notify") {
        this.seen.push(`cdn ${message.result}`);
        this.statistics = message.callStatistics;
      }
      if (message.type === "echo-request") {
        this.#say({ type: "echo-reply", identifier: message.identifier, result: 1, error: 0 });
      }
      if (message.type === "stop-control-connection-request") {
        this.#say({ type: "stop-control-connection-reply", result: 1, error: 0 });
      }
    }
  }

  #requestCall(): void {
    this.#say({ ...CALL_REQUEST, callId: this.#habits.callId });
  }

  #callIsUp(callId: number): void {
    this.serverCallId = callId;
    const options = [option(2, "00000000"), option(5, this.#magic), option(7, ""), option(8, "")];
    this.#request(LCP, Buffer.concat(options));
  }

  #gre(bytes: Uint8Array): void {
    const packet = greOf(bytes, this.#habits.callId);
    // As pptp-linux does: what is late or came before is dropped.
    if (packet === undefined || packet.sequence <= this.#heard) return;
    this.#heard = packet.sequence;
    const { protocol, rest } = unframe(packet.payload);
    if (protocol === MPPE) {
      const frame = rest.slice();
      const outcome = this.#logIn.decryptor?.open(frame, 0, frame.length);
      if (outcome !== "ok") throw new Error(`the client cannot decrypt: ${outcome}`);
      this.received.push(frame.slice(frame[2] === 0 ? 4 : 3));
      return;
    }
    this.#onPpp(packetOf(protocol, rest));
  }

  #onPpp(packet: PppPacket): void {
    const { protocol } = packet;
    this.frames.push(packet);
    if (protocol === CHAP ? packet.code > 2 : packet.code > 1 && packet.code < 5)
      this.#insistence.answered(protocol);
    if (this.#habits.gre === "one-way") return;
    if (protocol === LCP) this.#onLcp(packet);
    if (protocol === CHAP) this.#onChap(packet);
    if (protocol === PAP) this.#settled(packet.code === 2, packet.data.slice(1));
    if (protocol === CCP) this.#onCcp(packet);
    if (protocol === IPCP) this.#onIpcp(packet);
  }

  #onLcp(packet: PppPacket): void {
    if (packet.code === CONFIGURE_REQUEST) {
      this.#logIn.asked(optionsOf(packet.data).get(3));
      this.#answer(packet, CONFIGURE_ACK, packet.data);
      const first = this.#logIn.first();
      if (first !== undefined) this.#insist(first);
    }
    if (packet.code === ECHO_REQUEST) this.#answer(packet, ECHO_REPLY, packet.data);
    if (packet.code === TERMINATE_REQUEST) {
      this.seen.push("terminate-request");
      this.#answer(packet, TERMINATE_ACK, new Uint8Array());
    }
  }

  #onChap(packet: PppPacket): void {
    if (packet.code === 1) this.#insist(this.#logIn.response(packet));
    if (packet.code > 2) this.#settled(packet.code === 3, packet.data);
    const change = packet.code === 4 ? this.#logIn.change(packet) : undefined;
    if (change !== undefined) this.#insist(change);
  }

  #settled(admitted: boolean, text: Uint8Array): void {
    this.seen.push(admitted ? "success" : `failure ${Buffer.from(text).toString("latin1")}`);
    if (!admitted) return;
    if (this.#habits.encryption === "none") this.#requestAddress();
    else this.#requestMppe();
  }

  #requestMppe(): void {
    const bits = this.#habits.encryption === "no-bits" ? "00000000" : "01000040";
    this.#request(CCP, option(18, bits));
  }

  #onCcp(packet: PppPacket): void {
    if (this.#habits.encryption === "none") {
      if (packet.code === CONFIGURE_REQUEST) {
        this.#lcp(PROTOCOL_REJECT, Buffer.concat([Buffer.from("80fd", "hex"), frameOf(packet).subarray(4)]));
      }
      return;
    }
    if (packet.code === CONFIGURE_REQUEST) {
      this.#answer(packet, CONFIGURE_ACK, packet.data);
      this.#ccp.theirs = true;
    }
    if (packet.code === CONFIGURE_ACK) this.#ccp.ours = true;
    if (packet.code === CONFIGURE_NAK || packet.code === CONFIGURE_REJECT) this.#requestMppe();
    if (this.#ccp.ours && this.#ccp.theirs && !this.#ipcp.ours) this.#requestAddress();
  }

  #requestAddress(): void {
    this.#request(IPCP, Buffer.concat([option(3, this.#ask)]));
  }

  #onIpcp(packet: PppPacket): void {
    if (packet.code === CONFIGURE_REQUEST) {
      this.#answer(packet, CONFIGURE_ACK, packet.data);
      this.#ipcp.theirs = true;
    }
    if (packet.code === CONFIGURE_NAK) {
      this.#ask = Buffer.from(optionsOf(packet.data).get(3) ?? []).toString("hex");
      this.#requestAddress();
    }
    if (packet.code === CONFIGURE_ACK) {
      this.#ipcp.ours = true;
      this.address = [...(optionsOf(packet.data).get(3) ?? [])].join(".");
    }
    if (this.up || !this.#ipcp.ours || !this.#ipcp.theirs) return;
    this.up = true;
    this.onUp();
  }

  #request(protocol: number, data: Uint8Array): void {
    this.#insist({ protocol, code: CONFIGURE_REQUEST, id: this.#nextId++, data });
  }

  #lcp(code: number, data: Uint8Array): void {
    this.#ppp(frameOf({ protocol: LCP, code, id: this.#nextId++, data }));
  }

  #answer(packet: PppPacket, code: number, data: Uint8Array): void {
    this.#ppp(frameOf({ ...packet, code, data }));
  }

  #insist(packet: PppPacket): void {
    const send = () => this.#ppp(frameOf(packet));
    if (this.#habits.insistent) this.#insistence.send(packet.protocol, send);
    else send();
  }

  #ppp(frame: Uint8Array): void {
    if (this.#habits.gre === "blocked") return;
    this.#world.gre(this.#from, greFrame(this.serverCallId, this.#sequence++, frame));
  }
}
