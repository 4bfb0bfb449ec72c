import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { concat } from "../../../server/wire/bytes.ts";
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
} from "../../simulation/peers/ppp-bytes.ts";
import { bytes } from "../../support/bytes.ts";
import { changeRequest, METHODS, papRequest, response } from "./log-in.ts";

const PAP = 0xc023;

/** How a client is; each bit of its octet means something else. */
export interface Manner {
  readonly user: string;
  readonly password: string;
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
export class PppClient {
  /** The inner address, as far as IPCP has told. */
  address: Uint8Array = new Uint8Array(4);
  readonly #manner: Manner;
  readonly #send: (frame: Uint8Array) => void;
  #method: string = METHODS[0];
  /** It has asked for its own method; from then on it takes any. */
  #wished = false;
  #keys: { readonly send: Uint8Array; readonly receive: Uint8Array } | undefined;
  #encryptor: Encryptor | undefined;
  #nextId = 1;

  constructor(manner: Manner, send: (frame: Uint8Array) => void) {
    this.#manner = manner;
    this.#send = send;
  }

  /** A Configure-Request of a layer, as for the first time. */
  negotiate(protocol: number): void {
    if (protocol === LCP) this.#request(LCP, concat(...this.#manner.lcp));
    else if (protocol === CCP && this.#manner.mppe !== undefined)
      this.#request(CCP, option(18, this.#manner.mppe));
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
    if (this.#encryptor === undefined) return concat(bytes`ff03 0021`, inner);
    const frame = concat(bytes`ff03 00fd 0000 0021`, inner);
    this.#encryptor.seal(frame, 4, frame.length);
    return frame;
  }

  /** What a packet of the server asks for. */
  receive(packet: PppPacket): void {
    const { protocol, code, data } = packet;
    if (protocol === CHAP) this.#onChap(packet);
    if (protocol === PAP && code === 2) this.#admitted();
    if (protocol === CHAP || protocol === PAP) return;
    if (protocol === CCP && this.#manner.mppe === undefined) {
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
    if (packet.protocol === LCP && asked !== this.#manner.method && !this.#wished) {
      this.#wished = true;
      this.#answer(packet, CONFIGURE_NAK, option(3, this.#manner.method));
      return;
    }
    if (packet.protocol === LCP) this.#method = asked;
    this.#answer(packet, CONFIGURE_ACK, packet.data);
    const { user, password } = this.#manner;
    if (packet.protocol === LCP && asked === METHODS[3]) this.#say(PAP, 1, papRequest(user, password));
  }

  #onAck(protocol: number, options: Options): void {
    if (protocol === CCP) {
      const stateless = options.get(18)?.[0] === 1;
      if (this.#keys !== undefined)
        this.#encryptor = new Encryptor({ key: this.#keys.send, strength: 128, stateless });
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
    const { user, password } = this.#manner;
    if (packet.code === 1) {
      const { data, keys } = response(this.#method, user, password, packet.id, packet.data);
      this.#keys = keys;
      this.#answer(packet, 2, data);
    }
    if (packet.code === 3) this.#admitted();
    const change = packet.code === 4 ? changeRequest(user, password, packet.data) : undefined;
    if (change !== undefined) this.#answer({ ...packet, id: packet.id + 1 }, 7, change);
  }

  #admitted(): void {
    this.negotiate(this.#manner.mppe === undefined ? IPCP : CCP);
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

/** Is this PPP frame data, which is not for a `PppClient`? */
export const isData = (protocol: number): boolean => protocol === MPPE || protocol < 0x4000;
