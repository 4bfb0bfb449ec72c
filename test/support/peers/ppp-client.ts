import type { Clock } from "../../../server/platform/clock.ts";
import { seconds } from "../../../server/wire/units.ts";
import type { Habits, Wishes } from "./habits.ts";
import { LogIn, PAP, type Who } from "./log-in.ts";
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
import { Retransmission } from "./retransmission.ts";

const IP = 0x0021;
const IDENTIFICATION = 12;
/** Without a Terminate-Ack it clears the call all the same. */
const GOODBYE = seconds(3);
/** Option of LCP; with the one of before, a request would be the old one that came twice. */
const MAGIC_NUMBER = 5;
const NEW_MAGIC = "0d0c0b0a";

export interface PppNews {
  /** A frame to be sent. */
  send(frame: Uint8Array): void;
  lcpOpen(): void;
  /** What the server said of the log-in: "success", or "failure" with its message. */
  judged(line: string): void;
  /** It has its address. */
  up(): void;
  /** The server terminates LCP. */
  terminating(): void;
  /** Its Terminate-Request was acknowledged. */
  terminated(): void;
}

/** A client's PPP, with the habits of its kind. */
export class PppClient {
  /** Every control packet that the server sent. */
  readonly heard: PppPacket[] = [];
  /** Inner packets that came out of the tunnel. */
  readonly received: Uint8Array[] = [];
  readonly #habits: Habits;
  readonly #logIn: LogIn;
  readonly #news: PppNews;
  readonly #retransmission: Retransmission;
  readonly #clock: Clock;
  #lcp: Negotiator;
  #ccp: Negotiator;
  #ipcp: Negotiator;
  #nextId: number;
  #goodbye: () => void = () => {};
  /** Has the Success come? */
  #admitted = false;
  /** Was it agreed on, now or before the link was negotiated anew? */
  #compression = false;

  constructor(habits: Habits, who: Who, clock: Clock, news: PppNews) {
    this.#habits = habits;
    this.#logIn = new LogIn(who);
    this.#news = news;
    this.#nextId = habits.firstId;
    this.#clock = clock;
    this.#retransmission = new Retransmission(clock);
    [this.#lcp, this.#ccp, this.#ipcp] = this.#negotiators(habits.lcp);
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

  /** LCP anew, and all that follows, perhaps as somebody else. */
  renegotiate(who: Who): void {
    this.#stop();
    this.#logIn.as(who);
    this.#admitted = false;
    const lcp = this.#habits.lcp.map(
      ([type, value]) => [type, type === MAGIC_NUMBER ? NEW_MAGIC : value] as const,
    );
    [this.#lcp, this.#ccp, this.#ipcp] = this.#negotiators(lcp);
    this.start();
  }

  hangUp(): void {
    this.#stop();
    if (this.#habits.repeatsRequests)
      this.#goodbye = this.#clock.after(GOODBYE, () => this.#news.terminated());
    this.#send({ protocol: LCP, code: TERMINATE_REQUEST, id: this.#takeId(), data: this.#habits.goodbye });
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
    this.#logIn.encryptor!.seal(frame, 4, frame.length);
    this.#news.send(this.#leavesOut ? frame.subarray(3) : frame);
  }

  receive(frame: Uint8Array): void {
    if (!this.#compression && !(frame[0] === 0xff && frame[1] === 0x03 && (frame[2]! & 1) === 0))
      throw new Error("the server compressed what nobody allowed it to compress");
    const { protocol, rest } = unframe(frame);
    if (protocol === MPPE) {
      const inner = rest.slice();
      const outcome = this.#logIn.decryptor!.open(inner, 0, inner.length);
      if (outcome !== "ok") throw new Error(`the client cannot decrypt: ${outcome}`);
      const compressed = (inner[2]! & 1) === 1;
      if (compressed && !this.#compression)
        throw new Error("the server compressed what nobody allowed it to compress");
      this.received.push(inner.slice(compressed ? 3 : 4));
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
    if (protocol === PAP) this.#onVerdict(PAP, packet.code === 2, packet.data.slice(1));
    if (!this.#admitted) return; // pppd and Windows drop network protocols before they are let in
    if (protocol === CCP) this.#onCcp(packet);
    if (protocol === IPCP && this.#ipcp.receive(packet)) this.#news.up();
  }

  /** Does it leave out what it may? */
  get #leavesOut(): boolean {
    return this.#compresses && !this.#habits.sendsFieldsWhole;
  }

  /** Has LCP agreed that address, control and the first octet of a protocol may be left out? */
  get #compresses(): boolean {
    return this.#lcp.open && this.#lcp.wish(7) !== undefined && this.#lcp.wish(8) !== undefined;
  }

  #negotiators(lcp: Wishes): [lcp: Negotiator, ccp: Negotiator, ipcp: Negotiator] {
    const { encryption, rejects, naks = [], mppe, address, repeatsRequests } = this.#habits;
    const parts = {
      clock: this.#clock,
      repeats: repeatsRequests,
      takeId: () => this.#takeId(),
      send: (packet: PppPacket) => this.#send(packet),
      gaveUp: () => this.hangUp(),
    };
    const refused = encryption === "configure-reject" ? [18] : [];
    return [
      new Negotiator(LCP, lcp, rejects, parts, { naks }),
      new Negotiator(CCP, [[18, mppe]], refused, parts, { stubborn: encryption === "no-bits" }),
      new Negotiator(IPCP, address, [], parts),
    ];
  }

  #onLcp(packet: PppPacket): void {
    if (packet.code === ECHO_REQUEST) this.#send({ ...packet, code: ECHO_REPLY });
    if (packet.code === TERMINATE_REQUEST) {
      this.#stop();
      this.#news.terminating();
      this.#send({ ...packet, code: TERMINATE_ACK, data: new Uint8Array() });
    }
    if (packet.code === TERMINATE_ACK) {
      this.#goodbye();
      this.#news.terminated();
    }
    const opened = this.#lcp.receive(packet);
    if (packet.code === CONFIGURE_REQUEST) {
      const first = this.#logIn.first(packet);
      if (first !== undefined) this.#sendUntilAnswered(first);
    }
    if (opened) this.#onLcpOpen();
  }

  #onLcpOpen(): void {
    this.#compression ||= this.#compresses;
    this.#news.lcpOpen();
    const magic = Buffer.from(this.#lcp.wish(MAGIC_NUMBER)!, "hex");
    for (const text of this.#habits.identifications) {
      const data = Buffer.concat([magic, text]);
      this.#send({ protocol: LCP, code: IDENTIFICATION, id: this.#takeId(), data });
    }
  }

  #onChap(packet: PppPacket): void {
    if (packet.code === 1 && !this.#admitted) this.#sendUntilAnswered(this.#logIn.response(packet));
    if (packet.code !== 3 && packet.code !== 4) return;
    this.#onVerdict(CHAP, packet.code === 3, packet.data);
    const change = packet.code === 4 ? this.#logIn.change(packet) : undefined;
    if (change !== undefined) this.#sendUntilAnswered(change);
  }

  #onVerdict(protocol: number, right: boolean, text: Uint8Array): void {
    this.#retransmission.answered(protocol);
    this.#news.judged(right ? "success" : `failure ${Buffer.from(text).toString("latin1")}`);
    if (!right || this.#admitted) return;
    this.#admitted = true;
    const early = this.#habits.ipcp === "beside CCP";
    if (early) this.#askOthers();
    const { encryption } = this.#habits;
    const asks = encryption === "mppe" || encryption === "no-bits";
    if (asks) this.#ccp.request();
    if (early || !asks) this.#ipcp.request();
  }

  #onCcp(packet: PppPacket): void {
    if (this.#habits.endsOnCcpAgain && this.#ccp.open && packet.code === CONFIGURE_REQUEST) {
      this.hangUp();
      return;
    }
    if (this.#habits.encryption !== "protocol-reject") {
      if (this.#ccp.receive(packet)) this.#encrypted();
      return;
    }
    const data = Buffer.concat([Buffer.from("80fd", "hex"), frameOf(packet).subarray(4)]);
    this.#send({ protocol: LCP, code: PROTOCOL_REJECT, id: this.#takeId(), data });
  }

  #stop(): void {
    for (const negotiator of [this.#lcp, this.#ccp, this.#ipcp]) negotiator.stop();
    for (const protocol of [PAP, CHAP]) this.#retransmission.answered(protocol);
  }

  #takeId(): number {
    return this.#nextId++ & 0xff;
  }

  #encrypted(): void {
    if (this.#habits.repeatsCcp) this.#ccp.request();
    if (this.#habits.ipcp === "beside CCP") return;
    this.#ipcp.request();
    this.#askOthers();
  }

  #askOthers(): void {
    for (const [protocol, value] of this.#habits.others) {
      const data = Buffer.from(value, "hex");
      this.#send({ protocol, code: 1, id: this.#takeId(), data });
    }
  }

  #sendUntilAnswered(packet: PppPacket): void {
    const send = () => this.#send(packet);
    if (this.#habits.repeatsResponse) this.#retransmission.send(packet.protocol, send);
    else send();
  }

  #send(packet: PppPacket): void {
    const frame = frameOf(packet);
    const whole = packet.protocol === LCP && packet.code < TERMINATE_REQUEST;
    this.#news.send(this.#leavesOut && !whole ? frame.subarray(2) : frame);
  }
}
