import type { Clock } from "../../../server/platform/clock.ts";
import { seconds } from "../../../server/wire/units.ts";

/** RFC 1661 §4.6, the restart timer's default. */
const RESTART = seconds(3);

/** What a client on a bad link sends again until it is answered: one packet a protocol. */
export class Retransmission {
  readonly #clock: Clock;
  readonly #cancel = new Map<number, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Sends now and every three seconds, in place of what was to be sent again for this protocol. */
  send(protocol: number, send: () => void): void {
    this.answered(protocol);
    send();
    this.#cancel.set(
      protocol,
      this.#clock.after(RESTART, () => this.send(protocol, send)),
    );
  }

  answered(protocol: number): void {
    this.#cancel.get(protocol)?.();
    this.#cancel.delete(protocol);
  }
}
