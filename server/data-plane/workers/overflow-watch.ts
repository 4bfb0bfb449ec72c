import type { Clock } from "../../platform/clock.ts";
import type { PacketBatch, PacketPort } from "../../platform/packet-batch.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { CounterWriter } from "../counters.ts";

/**
 * Ours: so often, while packets come, a loop asks what its socket has lost. Soon enough for people who watch
 * counters.
 */
const ASK_EVERY: Millis = millis(1000);

/** A GRE socket that can say how many packets it has had no room for. */
export interface OverflowingPort extends PacketPort {
  overflowed(): number;
}

/**
 * The same GRE socket, whose losses are counted as `gre-overflow`. A socket that was full has packets to be
 * received, so receiving sets the timer: nothing is asked per packet, and nothing while none come.
 */
export class OverflowWatch implements PacketPort {
  readonly #port: OverflowingPort;
  readonly #clock: Clock;
  readonly #counters: CounterWriter;
  #disarm: (() => void) | undefined;

  constructor(port: OverflowingPort, clock: Clock, counters: CounterWriter) {
    this.#port = port;
    this.#clock = clock;
    this.#counters = counters;
  }

  receive(batch: PacketBatch, headroom: number): number {
    this.#disarm ??= this.#clock.after(ASK_EVERY, this.#ask);
    return this.#port.receive(batch, headroom);
  }

  send(batch: PacketBatch, count: number): number {
    return this.#port.send(batch, count);
  }

  onReadable(callback: () => void): void {
    this.#port.onReadable(callback);
  }

  close(): void {
    this.#disarm?.();
    this.#port.close();
  }

  readonly #ask = (): void => {
    this.#disarm = undefined;
    this.#counters.droppedSoFar("gre-overflow", this.#port.overflowed());
  };
}
