import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { chapResponse } from "./chap-response.ts";
import type { Manner } from "./manner.ts";
import { Negotiator } from "./negotiator.ts";
import {
  CCP,
  CHAP,
  ECHO_REPLY,
  ECHO_REQUEST,
  frameOf,
  IPCP,
  LCP,
  MPPE,
  type PppPacket,
  packetOf,
  TERMINATE_ACK,
  TERMINATE_REQUEST,
  unframe,
} from "./ppp-bytes.ts";

const IDENTIFICATION = 12;

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
  #nextId: number;
  #encryptor: Encryptor | undefined;
  #decryptor: Decryptor | undefined;

  constructor(manner: Manner, login: { user: string; password: string }, news: PppNews) {
    this.#manner = manner;
    this.#login = login;
    this.#news = news;
    this.#nextId = manner.firstId;
    const takeId = () => this.#nextId++;
    const send = (packet: PppPacket) => this.#send(packet);
    this.#lcp = new Negotiator(LCP, manner.lcp, manner.rejects, takeId, send);
    this.#ccp = new Negotiator(CCP, [[18, manner.mppe]], [], takeId, send);
    this.#ipcp = new Negotiator(IPCP, manner.address, [], takeId, send);
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
    this.#send({ protocol: LCP, code: TERMINATE_REQUEST, id: this.#nextId++, data: new Uint8Array(8) });
  }

  /** Sends an inner packet, encrypted; its protocol field has two octets, as all captures show it. */
  sendInner(packet: Uint8Array): void {
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
    const packet = packetOf(protocol, rest);
    this.heard.push(packet);
    if (protocol === LCP) this.#onLcp(packet);
    if (protocol === CHAP) this.#onChap(packet);
    if (protocol === CCP && this.#ccp.receive(packet)) this.#encrypted();
    if (protocol === IPCP && this.#ipcp.receive(packet)) this.#news.up();
  }

  get #compresses(): boolean {
    return this.#lcp.open && this.#lcp.wish(7) !== undefined && this.#lcp.wish(8) !== undefined;
  }

  #onLcp(packet: PppPacket): void {
    if (packet.code === ECHO_REQUEST) this.#send({ ...packet, code: ECHO_REPLY });
    if (packet.code === TERMINATE_REQUEST)
      this.#send({ ...packet, code: TERMINATE_ACK, data: new Uint8Array() });
    if (packet.code === TERMINATE_ACK) this.#news.terminated();
    if (!this.#lcp.receive(packet)) return;
    this.#news.lcpOpen();
    const magic = Buffer.from(this.#lcp.wish(5)!, "hex");
    for (const text of this.#manner.identifications) {
      const data = Buffer.concat([magic, text]);
      this.#send({ protocol: LCP, code: IDENTIFICATION, id: this.#nextId++, data });
    }
  }

  #onChap(packet: PppPacket): void {
    if (packet.code === 1) {
      const { user, password } = this.#login;
      const { data, send, receive } = chapResponse(user, password, packet.data.slice(1, 17));
      this.#encryptor = new Encryptor(send);
      this.#decryptor = new Decryptor(receive);
      this.#send({ ...packet, code: 2, data });
    }
    if (packet.code !== 3) return;
    const early = this.#manner.ipcp === "beside CCP";
    if (early) this.#askOthers();
    this.#ccp.request();
    if (early) this.#ipcp.request();
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
      this.#send({ protocol, code: 1, id: this.#nextId++, data });
    }
  }

  #send(packet: PppPacket): void {
    const frame = frameOf(packet);
    const whole = packet.protocol === LCP && packet.code < TERMINATE_REQUEST;
    this.#news.send(this.#compresses && !whole ? frame.subarray(2) : frame);
  }
}
