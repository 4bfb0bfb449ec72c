import type { Clock } from "../../../server/platform/clock.ts";
import { seconds } from "../../../server/wire/units.ts";
import type { Wishes } from "./habits.ts";
import {
  CONFIGURE_ACK,
  CONFIGURE_NAK,
  CONFIGURE_REJECT,
  CONFIGURE_REQUEST,
  option,
  optionsOf,
  type PppPacket,
} from "./ppp-bytes.ts";

/** RFC 1661 §4.6: what every client uses. */
const RESTART = seconds(3);
const TRIES = 10;

/** How a negotiator speaks, and whom it tells. */
export interface NegotiatorParts {
  /** Does a request go out again while nobody answers it? */
  readonly repeats: boolean;
  readonly clock: Clock;
  readonly takeId: () => number;
  readonly send: (packet: PppPacket) => void;
  /** Ten requests brought no agreement. */
  readonly gaveUp: () => void;
}

/**
 * One control protocol of a client that answers at once, takes what a Nak offers and drops what is rejected.
 * Where it repeats requests, its own goes out every three seconds until the protocol is open.
 */
export class Negotiator {
  readonly #protocol: number;
  readonly #rejects: ReadonlySet<number>;
  readonly #parts: NegotiatorParts;
  readonly #stubborn: boolean;
  readonly #naks: Wishes;
  readonly #wishes: Map<number, string>;
  #asked = -1;
  #tries = 0;
  #cancel: () => void = () => {};
  #acknowledged = { ours: false, theirs: false };

  /** `stubborn`: asks for the same again, whatever the answer. `naks`: as in `Habits`. */
  constructor(
    protocol: number,
    wishes: Wishes,
    rejects: readonly number[],
    parts: NegotiatorParts,
    { stubborn = false, naks = [] }: { readonly stubborn?: boolean; readonly naks?: Wishes } = {},
  ) {
    this.#protocol = protocol;
    this.#wishes = new Map(wishes);
    this.#rejects = new Set(rejects);
    this.#parts = parts;
    this.#stubborn = stubborn;
    this.#naks = naks;
  }

  get open(): boolean {
    return this.#acknowledged.ours && this.#acknowledged.theirs;
  }

  /** What it asks for, or got. */
  wish(type: number): string | undefined {
    return this.#wishes.get(type);
  }

  request(): void {
    this.#asked = this.#parts.takeId();
    this.#tries = 0;
    this.#ask();
  }

  /** The link is over: no request goes out again. */
  stop(): void {
    this.#cancel();
  }

  /** Did this packet open it? */
  receive(packet: PppPacket): boolean {
    const before = this.open;
    if (packet.code === CONFIGURE_REQUEST) this.#judge(packet);
    else if (packet.id === this.#asked) this.#learn(packet);
    if (this.open) this.#cancel();
    return !before && this.open;
  }

  #ask(): void {
    this.#cancel();
    if (this.#tries === TRIES) {
      this.#parts.gaveUp();
      return;
    }
    this.#tries += 1;
    const data = Buffer.concat([...this.#wishes].map(([type, value]) => option(type, value)));
    this.#parts.send({ protocol: this.#protocol, code: CONFIGURE_REQUEST, id: this.#asked, data });
    if (this.#parts.repeats) this.#cancel = this.#parts.clock.after(RESTART, () => this.#ask());
  }

  #judge(packet: PppPacket): void {
    const asked = [...optionsOf(packet.data)];
    const refused = asked.filter(([type]) => this.#rejects.has(type));
    const naked = this.#naks.filter(([type, wanted]) =>
      asked.some(([code, value]) => code === type && Buffer.from(value).toString("hex") !== wanted),
    );
    if (naked.length > 0) {
      const data = Buffer.concat(naked.map(([type, wanted]) => option(type, wanted)));
      this.#parts.send({ ...packet, code: CONFIGURE_NAK, data });
    } else if (refused.length === 0) {
      this.#acknowledged = { ...this.#acknowledged, theirs: true };
      this.#parts.send({ ...packet, code: CONFIGURE_ACK });
    } else {
      const data = Buffer.concat(
        refused.map(([type, value]) => option(type, Buffer.from(value).toString("hex"))),
      );
      this.#parts.send({ ...packet, code: CONFIGURE_REJECT, data });
    }
  }

  #learn({ code, data }: PppPacket): void {
    if (code === CONFIGURE_ACK) this.#acknowledged = { ...this.#acknowledged, ours: true };
    if (code !== CONFIGURE_NAK && code !== CONFIGURE_REJECT) return;
    for (const [type, value] of optionsOf(data)) {
      if (this.#stubborn) continue;
      if (code === CONFIGURE_REJECT) this.#wishes.delete(type);
      else this.#wishes.set(type, Buffer.from(value).toString("hex"));
    }
    this.request();
  }
}
