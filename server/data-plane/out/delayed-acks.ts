import { MAX_GRE_HEADER } from "../../gre/header.ts";
import type { Clock } from "../../platform/clock.ts";
import { PacketBatch, type PacketPort } from "../../platform/packet-batch.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { CounterWriter } from "../counters.ts";
import { ACK_DELAY, ACK_SPACING, BATCH } from "../limits.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import type { GreSender } from "./gre-sender.ts";

/**
 * Acknowledgements that no data packet took along. One timer serves all tunnels, and runs only while one of
 * them has received something since it last ran; what has arrived goes into the counters then. Two runs are
 * ACK_SPACING apart at least, and so are two acknowledgements of one tunnel.
 */
export class DelayedAcks {
  readonly #gre: PacketPort;
  readonly #clock: Clock;
  readonly #sender: GreSender;
  readonly #counters: CounterWriter;
  readonly #batch = new PacketBatch(BATCH, MAX_GRE_HEADER);
  readonly #waiting: Tunnel[] = [];
  #disarm: (() => void) | undefined;
  #lastRun = Number.NEGATIVE_INFINITY;

  constructor(gre: PacketPort, clock: Clock, sender: GreSender, counters: CounterWriter) {
    this.#gre = gre;
    this.#clock = clock;
    this.#sender = sender;
    this.#counters = counters;
  }

  /** The tunnel has received a packet: within ACK_SPACING it is acknowledged. */
  owe(tunnel: Tunnel): void {
    if (tunnel.awaitsAck) return;
    tunnel.awaitsAck = true;
    this.#waiting.push(tunnel);
    this.#disarm ??= this.#clock.after(this.#delay(), this.#run);
  }

  /** The tunnel is gone, and so is what it owes: its peer may have given the call ID to another call. */
  forget(tunnel: Tunnel): void {
    if (tunnel.awaitsAck) tunnel.window.takeAcknowledgement();
  }

  close(): void {
    this.#disarm?.();
  }

  #delay(): Millis {
    return millis(Math.max(ACK_DELAY, this.#lastRun + ACK_SPACING - this.#clock.now()));
  }

  readonly #run = (): void => {
    this.#disarm = undefined;
    this.#lastRun = this.#clock.now();
    let count = 0;
    for (const tunnel of this.#waiting) {
      tunnel.awaitsAck = false;
      this.#counters.arrivals(tunnel.slot, tunnel.arrivals);
      if (!this.#sender.acknowledgement(this.#batch, count, tunnel)) continue;
      count += 1;
      if (count === this.#batch.capacity) count = this.#flush(count);
    }
    this.#waiting.length = 0;
    this.#flush(count);
  };

  #flush(count: number): 0 {
    if (count > 0) this.#counters.dropped("gre-send-failed", count - this.#gre.send(this.#batch, count));
    return 0;
  }
}
