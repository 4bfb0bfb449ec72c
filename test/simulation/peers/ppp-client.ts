import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import type { Clock } from "../../../server/platform/clock.ts";
import { seconds } from "../../../server/wire/units.ts";
import { chapResponse } from "./chap-response.ts";
import { Insistence } from "./insistence.ts";
import type { Manner } from "./manner.ts";
import { Negotiator } from "./negotiator.ts";
import {
  CCP,
  CHAP,
  CONFIGURE_REQUEST,
  ECHO_REPLY,
  ECHO_REQUEST,
  frameOf,
  IPCP,
  LCP,
  MPPE,
  type PppPacket,
  PROTOCOL_REJECT,
  packetOf,
  TERMINATE_ACK,
  TERMINATE_REQUEST,
  unframe,
} from "./ppp-bytes.ts";

const IP = 0x0021;
const IDENTIFICATION = 12;
/** Without a Terminate-Ack it clears the call all the same. */
const GOODBYE = seconds(3);

export interface PppNews {
  /** A frame to be sent. */
  send(frame: Uint8Array): void;
  lcpOpen(): void;
  /** It has its address. */
  up(): void;
  /** Its Terminate-Request was acknowledged. */
  terminated(): void;
}

/** The PPP of a client with a manner of its own. */
export class PppClient {
  /** Every control packet that the server sent. */
  readonly heard: PppPacket[] = [];
  /** Inner packets that came out of the tunnel. */
  readonly received: Uint8Array[] = [];
  readonly #manner: Manner;
  readonly #login: { readonly user: string; readonly password: string };
  readonly #news: PppNews;
  readonly #lcp: Negotiator;
  readonly #ccp: Negotiator;
  readonly #ipcp: Negotiator;
  readonly #response: Insistence;
  readonly #clock: Clock;
  #nextId: number;
  #goodbye: () => void = () => {};
  /** Has the Success come? */
  #admitted = false;
  #encryptor: Encryptor | undefined;
  #decryptor: Decryptor | undefined;

  constructor(manner: Manner, login: { user: string; password: string }, clock: Clock, news: PppNews) {
    this.#manner = manner;
    this.#login = login;
    this.#news = news;
    this.#nextId = manner.firstId;
    this.#clock = clock;
    this.#response = new Insistence(clock);
    const parts = {
      clock,
      takeId: () => this.#takeId(),
      send: (packet: PppPacket) => this.#send(packet),
      gaveUp: () => this.hangUp(),
    };
    const { encryption } = manner;
    const refused = encryption === "configure-reject" ? [18] : [];
    this.#lcp = new Negotiator(LCP, manner.lcp, manner.rejects, parts, { naks: manner.naks ?? [] });
    this.#ccp = new Negotiator(CCP, [[18, manner.mppe]], refused, parts, {
      stubborn: encryption === "no-bits",
    });
    this.#ipcp = new Negotiator(IPCP, manner.address, [], parts);
  }

  get address(): string {
    return [...Buffer.from(this.#ipcp.wish(3) ?? "", "hex")].join(".");
  }

  /** The value of an IPCP option that it ended up with. */
  configured(type: number): string | undefined {
    return this.#ipcp.wish(type);
  }

  start(): void {
    this.#lcp.request();
  }

  hangUp(): void {
    this.#stop();
    this.#goodbye = this.#clock.after(GOODBYE, () => this.#news.terminated());
    this.#send({ protocol: LCP, code: TERMINATE_REQUEST, id: this.#takeId(), data: new Uint8Array(8) });
  }

  /**
   * Sends an inner packet, encrypted where CCP is open; its protocol field has two octets, as all captures
   * show it.
   */
  sendInner(packet: Uint8Array): void {
    if (!this.#ccp.open) {
      this.#news.send(Buffer.concat([Buffer.from("ff030021", "hex"), packet]));
      return;
    }
    const frame = Buffer.concat([Buffer.from("ff0300fd00000021", "hex"), packet]);
    this.#encryptor!.seal(frame, 4, frame.length);
    this.#news.send(this.#compresses ? frame.subarray(3) : frame);
  }

  receive(frame: Uint8Array): void {
    if (!this.#compresses && !(frame[0] === 0xff && frame[1] === 0x03 && (frame[2]! & 1) === 0))
      throw new Error("the server compressed what nobody allowed it to compress");
    const { protocol, rest } = unframe(frame);
    if (protocol === MPPE) {
      const inner = rest.slice();
      const outcome = this.#decryptor!.open(inner, 0, inner.length);
      if (outcome !== "ok") throw new Error(`the client cannot decrypt: ${outcome}`);
      this.received.push(inner.slice(4));
      return;
    }
    if (protocol === IP) {
      this.received.push(rest.slice());
      return;
    }
    const packet = packetOf(protocol, rest);
    this.heard.push(packet);
    if (protocol === LCP) this.#onLcp(packet);
    if (protocol === CHAP) this.#onChap(packet);
    if (!this.#admitted) return; // pppd and Windows drop network protocols before they are let in
    if (protocol === CCP) this.#onCcp(packet);
    if (protocol === IPCP && this.#ipcp.receive(packet)) this.#news.up();
  }

  get #compresses(): boolean {
    return this.#lcp.open && this.#lcp.wish(7) !== undefined && this.#lcp.wish(8) !== undefined;
  }

  #onLcp(packet: PppPacket): void {
    if (packet.code === ECHO_REQUEST) this.#send({ ...packet, code: ECHO_REPLY });
    if (packet.code === TERMINATE_REQUEST) {
      this.#stop();
      this.#send({ ...packet, code: TERMINATE_ACK, data: new Uint8Array() });
    }
    if (packet.code === TERMINATE_ACK) {
      this.#goodbye();
      this.#news.terminated();
    }
    if (!this.#lcp.receive(packet)) return;
    this.#news.lcpOpen();
    const magic = Buffer.from(this.#lcp.wish(5)!, "hex");
    for (const text of this.#manner.identifications) {
      const data = Buffer.concat([magic, text]);
      this.#send({ protocol: LCP, code: IDENTIFICATION, id: this.#takeId(), data });
    }
  }

  #onChap(packet: PppPacket): void {
    if (packet.code === 1 && !this.#admitted) {
      const { user, password } = this.#login;
      const { data, send, receive } = chapResponse(user, password, packet.data.slice(1, 17));
      this.#encryptor = new Encryptor({ key: send, strength: 128, stateless: true });
      this.#decryptor = new Decryptor({ key: receive, strength: 128, stateless: true });
      const respond = () => this.#send({ ...packet, code: 2, data });
      if (this.#manner.repeatsResponse) this.#response.send(CHAP, respond);
      else respond();
    }
    if (packet.code === 3 || packet.code === 4) this.#response.answered(CHAP);
    if (packet.code !== 3 || this.#admitted) return;
    this.#admitted = true;
    const early = this.#manner.ipcp === "beside CCP";
    if (early) this.#askOthers();
    const { encryption } = this.#manner;
    const asks = encryption === "mppe" || encryption === "no-bits";
    if (asks) this.#ccp.request();
    if (early || !asks) this.#ipcp.request();
  }

  #onCcp(packet: PppPacket): void {
    if (this.#manner.endsOnCcpAgain && this.#ccp.open && packet.code === CONFIGURE_REQUEST) {
      this.hangUp();
      return;
    }
    if (this.#manner.encryption !== "protocol-reject") {
      if (this.#ccp.receive(packet)) this.#encrypted();
      return;
    }
    const data = Buffer.concat([Buffer.from("80fd", "hex"), frameOf(packet).subarray(4)]);
    this.#send({ protocol: LCP, code: PROTOCOL_REJECT, id: this.#takeId(), data });
  }

  #stop(): void {
    for (const negotiator of [this.#lcp, this.#ccp, this.#ipcp]) negotiator.stop();
    this.#response.answered(CHAP);
  }

  #takeId(): number {
    return this.#nextId++ & 0xff;
  }

  #encrypted(): void {
    if (this.#manner.repeatsCcp) this.#ccp.request();
    if (this.#manner.ipcp === "beside CCP") return;
    this.#ipcp.request();
    this.#askOthers();
  }

  #askOthers(): void {
    for (const [protocol, value] of this.#manner.others) {
      const data = Buffer.from(value, "hex");
      this.#send({ protocol, code: 1, id: this.#takeId(), data });
    }
  }

  #send(packet: PppPacket): void {
    const frame = frameOf(packet);
    const whole = packet.protocol === LCP && packet.code < TERMINATE_REQUEST;
    this.#news.send(this.#compresses && !whole ? frame.subarray(2) : frame);
  }
}
