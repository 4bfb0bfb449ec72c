import type { Wishes } from "./manner.ts";
import {
  CONFIGURE_ACK,
  CONFIGURE_NAK,
  CONFIGURE_REJECT,
  CONFIGURE_REQUEST,
  option,
  optionsOf,
  type PppPacket,
} from "./ppp-bytes.ts";

/**
 * One control protocol of a client that answers at once, takes what a Nak offers, drops what is rejected and sends
 * nothing twice.
 */
export class Negotiator {
  readonly #protocol: number;
  readonly #rejects: ReadonlySet<number>;
  readonly #send: (packet: PppPacket) => void;
  readonly #takeId: () => number;
  readonly #wishes: Map<number, string>;
  #asked = -1;
  #acknowledged = { ours: false, theirs: false };

  constructor(
    protocol: number,
    wishes: Wishes,
    rejects: readonly number[],
    takeId: () => number,
    send: (packet: PppPacket) => void,
  ) {
    this.#protocol = protocol;
    this.#wishes = new Map(wishes);
    this.#rejects = new Set(rejects);
    this.#takeId = takeId;
    this.#send = send;
  }

  get open(): boolean {
    return this.#acknowledged.ours && this.#acknowledged.theirs;
  }

  /** What it asks for, or got. */
  wish(type: number): string | undefined {
    return this.#wishes.get(type);
  }

  request(): void {
    const data = Buffer.concat([...this.#wishes].map(([type, value]) => option(type, value)));
    this.#asked = this.#takeId();
    this.#send({ protocol: this.#protocol, code: CONFIGURE_REQUEST, id: this.#asked, data });
  }

  /** Did this packet open it? */
  receive(packet: PppPacket): boolean {
    const before = this.open;
    if (packet.code === CONFIGURE_REQUEST) this.#judge(packet);
    else if (packet.id === this.#asked) this.#learn(packet);
    return !before && this.open;
  }

  #judge(packet: PppPacket): void {
    const refused = [...optionsOf(packet.data)].filter(([type]) => this.#rejects.has(type));
    if (refused.length === 0) {
      this.#acknowledged = { ...this.#acknowledged, theirs: true };
      this.#send({ ...packet, code: CONFIGURE_ACK });
    } else {
      const data = Buffer.concat(
        refused.map(([type, value]) => option(type, Buffer.from(value).toString("hex"))),
      );
      this.#send({ ...packet, code: CONFIGURE_REJECT, data });
    }
  }

  #learn({ code, data }: PppPacket): void {
    if (code === CONFIGURE_ACK) this.#acknowledged = { ...this.#acknowledged, ours: true };
    if (code !== CONFIGURE_NAK && code !== CONFIGURE_REJECT) return;
    for (const [type, value] of optionsOf(data)) {
      if (code === CONFIGURE_REJECT) this.#wishes.delete(type);
      else this.#wishes.set(type, Buffer.from(value).toString("hex"));
    }
    this.request();
  }
}
