import { NOT_HELD, ReceiveWindow } from "../../../server/gre/receive-window.ts";
import { ORDER_REACH, ORDER_WAIT } from "../limits.ts";

/** A packet in the queue, with what is needed to decrypt it. */
export interface QueuedPacket {
  readonly sequence: number;
  readonly at: number;
  readonly frame: number;
  /** Octets of the PPP frame; empty for a packet that only keeps its place. Owned by the queue. */
  readonly octets: Uint8Array;
  /** How many there are of them; behind these, `octets` is filled up with zeros. */
  readonly captured: number;
}

/** What did not go on, and why. */
export type Dropped = "late" | "duplicate";

/**
 * Packets of one direction in the order in which they were sent: MPPE cannot be followed otherwise. The
 * window is the server's; packets that come early wait here, until the missing ones come or are given up.
 */
export class InOrder {
  readonly #window = new ReceiveWindow(ORDER_REACH);
  readonly #held: (QueuedPacket | undefined)[] = [];
  readonly #pass: (packet: QueuedPacket) => void;
  readonly #drop: (packet: QueuedPacket, why: Dropped) => void;
  #suspect: QueuedPacket | undefined;

  constructor(pass: (packet: QueuedPacket) => void, drop: (packet: QueuedPacket, why: Dropped) => void) {
    this.#pass = pass;
    this.#drop = drop;
  }

  push(packet: QueuedPacket): void {
    const { sequence } = packet;
    this.#expire(packet.at);
    for (;;) {
      const acceptance = this.#window.accept(sequence, true);
      switch (acceptance) {
        case "next":
          this.#pass(packet);
          this.#drain();
          return;
        case "early":
          this.#hold(sequence, packet);
          return;
        case "beyond":
          this.#window.skip(sequence - ORDER_REACH + 1);
          this.#drain();
          break;
        case "suspect":
          if (this.#suspect !== undefined) this.#drop(this.#suspect, "late");
          this.#suspect = packet;
          return;
        case "confirms":
          this.#confirm(sequence);
          break;
        case "late":
        case "duplicate":
          this.#drop(packet, acceptance);
          return;
      }
    }
  }

  /** Nothing more comes: what waits goes on. */
  end(): void {
    while (this.#window.held > 0) {
      this.#window.skipToHeld();
      this.#drain();
    }
    if (this.#suspect !== undefined) this.#drop(this.#suspect, "late");
    this.#suspect = undefined;
  }

  #hold(sequence: number, packet: QueuedPacket): void {
    const free = this.#held.indexOf(undefined);
    const place = free === -1 ? this.#held.length : free;
    this.#held[place] = packet;
    this.#window.hold(sequence, place);
  }

  #drain(): void {
    for (let place = this.#window.takeNext(); place !== NOT_HELD; place = this.#window.takeNext()) {
      const packet = this.#held[place]!;
      this.#held[place] = undefined;
      this.#pass(packet);
    }
  }

  /** What has waited long enough goes on without those before it. */
  #expire(now: number): void {
    while (this.#window.held > 0) {
      const oldest = Math.min(...this.#held.flatMap((one) => one?.at ?? []));
      if (now - oldest <= ORDER_WAIT) return;
      this.#window.skipToHeld();
      this.#drain();
    }
  }

  /** Two in a row are far ahead: everything between is lost. */
  #confirm(sequence: number): void {
    const suspect = this.#suspect;
    this.#suspect = undefined;
    const first = suspect?.sequence ?? sequence;
    while (this.#window.held > 0) {
      this.#window.skipToHeld();
      this.#drain();
    }
    this.#window.skip(first);
    if (suspect === undefined || this.#window.accept(first, true) !== "next") return;
    this.#pass(suspect);
  }
}
