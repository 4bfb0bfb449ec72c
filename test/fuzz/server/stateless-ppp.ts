import { concat } from "../../../server/wire/bytes.ts";
import { bytes } from "../../support/bytes.ts";
import { LogIn, PAP, type Who } from "../../support/peers/log-in.ts";
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
  TERMINATE_ACK,
  TERMINATE_REQUEST,
} from "../../support/peers/ppp-bytes.ts";

/** Values of LCP's Authentication-Protocol, in hexadecimal. */
export const METHODS = ["c22381", "c22380", "c22305", "c023"] as const;

/** What a user whose password has expired sets in its place. */
const NEW_PASSWORD = "Changed.2026";

/** How a client is; each bit of its octet means something else. */
export interface Habits extends Who {
  /** Of METHODS: what it Naks the server's wish with, if that is another one. */
  readonly method: string;
  /** MPPE bits of its CCP request, in hexadecimal; undefined: it has no CCP. */
  readonly mppe: string | undefined;
  readonly lcp: readonly Uint8Array[];
}

type Options = ReadonlyMap<number, Uint8Array>;

/**
 * A client that answers every packet of the server as a good client would, whatever happened before: it keeps
 * no state that a spoilt dialogue could break.
 */
export class StatelessPpp {
  /** The inner address, as far as IPCP has told. */
  address: Uint8Array = new Uint8Array(4);
  readonly #habits: Habits;
  readonly #send: (frame: Uint8Array) => void;
  readonly #logIn: LogIn;
  /** It has asked for its own method; from then on it takes any. */
  #wished = false;
  #encrypted = false;
  #nextId = 1;

  constructor(habits: Habits, send: (frame: Uint8Array) => void) {
    this.#habits = habits;
    this.#logIn = new LogIn({ newPassword: NEW_PASSWORD, ...habits });
    this.#send = send;
  }

  /** A Configure-Request of a layer, as for the first time. */
  negotiate(protocol: number): void {
    if (protocol === LCP) this.#request(LCP, concat(...this.#habits.lcp));
    else if (protocol === CCP && this.#habits.mppe !== undefined)
      this.#request(CCP, option(18, this.#habits.mppe));
    else
      this.#request(
        IPCP,
        concat(option(3, Buffer.from(this.address).toString("hex")), option(129, "00000000")),
      );
  }

  hangUp(): void {
    this.#say(LCP, TERMINATE_REQUEST, bytes``);
  }

  /** The frame that carries an inner packet; encrypted where that was agreed on. */
  data(inner: Uint8Array): Uint8Array {
    const { encryptor } = this.#logIn;
    if (!this.#encrypted || encryptor === undefined) return concat(bytes`ff03 0021`, inner);
    const frame = concat(bytes`ff03 00fd 0000 0021`, inner);
    encryptor.seal(frame, 4, frame.length);
    return frame;
  }

  /** What a packet of the server asks for. */
  receive(packet: PppPacket): void {
    const { protocol, code, data } = packet;
    if (protocol === CHAP) this.#onChap(packet);
    if (protocol === PAP && code === 2) this.#admitted();
    if (protocol === CHAP || protocol === PAP) return;
    if (protocol === CCP && this.#habits.mppe === undefined) {
      if (code === CONFIGURE_REQUEST)
        this.#say(LCP, PROTOCOL_REJECT, concat(bytes`80fd`, frameOf(packet).slice(4)));
      return;
    }
    const options = optionsOf(data);
    if (code === CONFIGURE_REQUEST) this.#onRequest(packet, options);
    if (code === CONFIGURE_ACK) this.#onAck(protocol, options);
    if (code === CONFIGURE_NAK || code === CONFIGURE_REJECT) this.#onRefusal(packet, options);
    if (protocol === LCP && code === ECHO_REQUEST) this.#answer(packet, ECHO_REPLY, data);
    if (code === TERMINATE_REQUEST) this.#answer(packet, TERMINATE_ACK, bytes``);
  }

  #onRequest(packet: PppPacket, options: Options): void {
    const asked = Buffer.from(options.get(3) ?? []).toString("hex");
    if (packet.protocol === LCP && asked !== this.#habits.method && !this.#wished) {
      this.#wished = true;
      this.#answer(packet, CONFIGURE_NAK, option(3, this.#habits.method));
      return;
    }
    this.#answer(packet, CONFIGURE_ACK, packet.data);
    const first = packet.protocol === LCP ? this.#logIn.first(packet) : undefined;
    if (first !== undefined) this.#say(PAP, first.code, first.data);
  }

  #onAck(protocol: number, options: Options): void {
    if (protocol === CCP) {
      this.#encrypted = true;
      this.#logIn.encrypt(options.get(18)?.[0] === 1);
      this.negotiate(IPCP);
    }
    if (protocol === IPCP) this.address = options.get(3)?.slice(0, 4) ?? this.address;
  }

  /** It takes what a Nak offers, and does without what is rejected. */
  #onRefusal({ protocol, code }: PppPacket, options: Options): void {
    const offered = [...options].map(([type, value]) => option(type, Buffer.from(value).toString("hex")));
    if (protocol === IPCP) this.address = options.get(3)?.slice(0, 4) ?? this.address;
    if (code === CONFIGURE_NAK) this.#request(protocol, concat(...offered));
    else if (protocol === IPCP) this.#request(IPCP, option(3, Buffer.from(this.address).toString("hex")));
    else this.#request(protocol, bytes``);
  }

  #onChap(packet: PppPacket): void {
    if (packet.code === 1) this.#send(frameOf(this.#logIn.response(packet)));
    if (packet.code === 3) this.#admitted();
    const change = packet.code === 4 ? this.#logIn.change(packet) : undefined;
    if (change !== undefined) this.#send(frameOf(change));
  }

  #admitted(): void {
    this.negotiate(this.#habits.mppe === undefined ? IPCP : CCP);
  }

  #request(protocol: number, data: Uint8Array): void {
    this.#say(protocol, CONFIGURE_REQUEST, data);
  }

  #say(protocol: number, code: number, data: Uint8Array): void {
    this.#answer({ protocol, code, id: this.#nextId++, data }, code, data);
  }

  #answer(packet: PppPacket, code: number, data: Uint8Array): void {
    this.#send(frameOf({ ...packet, id: packet.id & 0xff, code, data }));
  }
}

/** Is this PPP frame data, which is not for a `StatelessPpp`? */
export const isData = (protocol: number): boolean => protocol === MPPE || protocol < 0x4000;
