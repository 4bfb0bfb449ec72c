import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import { type Millis, millis, seconds } from "../../wire/units.ts";

/** Ours: a sample so often, and so many of them: ten minutes. */
export const SAMPLE_EVERY: Millis = seconds(10);
export const SAMPLES = 60;

/** Ours: rates are taken over this much at least; over less, one packet more or less makes the figure. */
const LEAST_SPAN: Millis = seconds(2);

/** What one sample has: milliseconds that it is of, and octets and packets each way. */
const FIELDS = 5;
const MOST = 0xffff_ffff;

/** What passed of inner IP while a span of time went by. */
export interface Traffic {
  readonly milliseconds: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

type Counters = Pick<TunnelCounters, "rxBytes" | "txBytes" | "rxPackets" | "txPackets">;

interface Moment extends Counters {
  readonly at: Millis;
}

/**
 * What one session has carried in its last minutes. 1,200 octets, whatever passes. Times are those of the
 * monotonic clock.
 */
export class RateHistory {
  readonly #samples = new Uint32Array(SAMPLES * FIELDS);
  #next = 0;
  #count = 0;
  #last: Moment;
  #before: Moment;

  /** The session comes up at `now`, and has carried nothing. */
  constructor(now: Millis) {
    this.#last = { at: now, rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 };
    this.#before = this.#last;
  }

  /** Another sample: what has passed since the last one. */
  sample(counters: Counters, now: Millis): void {
    const { milliseconds, rxBytes, txBytes, rxPackets, txPackets } = between(this.#last, counters, now);
    const at = this.#next * FIELDS;
    this.#samples[at] = Math.min(milliseconds, MOST);
    this.#samples[at + 1] = Math.min(rxBytes, MOST);
    this.#samples[at + 2] = Math.min(txBytes, MOST);
    this.#samples[at + 3] = Math.min(rxPackets, MOST);
    this.#samples[at + 4] = Math.min(txPackets, MOST);
    this.#next = (this.#next + 1) % SAMPLES;
    this.#count = Math.min(this.#count + 1, SAMPLES);
    this.#before = this.#last;
    this.#last = moment(counters, now);
  }

  /** What has passed lately: since the last sample, or since the one before where that was just now. */
  lately(counters: Counters, now: Millis): Traffic {
    return between(now - this.#last.at >= LEAST_SPAN ? this.#last : this.#before, counters, now);
  }

  /** The samples, oldest first. */
  all(): readonly Traffic[] {
    return Array.from({ length: this.#count }, (_, index) => {
      const at = ((this.#next - this.#count + index + SAMPLES) % SAMPLES) * FIELDS;
      const [milliseconds, rxBytes, txBytes, rxPackets, txPackets] = this.#samples.subarray(at, at + FIELDS);
      return {
        milliseconds: milliseconds!,
        rxBytes: rxBytes!,
        txBytes: txBytes!,
        rxPackets: rxPackets!,
        txPackets: txPackets!,
      };
    });
  }
}

const moment = ({ rxBytes, txBytes, rxPackets, txPackets }: Counters, at: Millis): Moment => ({
  at,
  rxBytes,
  txBytes,
  rxPackets,
  txPackets,
});

const between = (from: Moment, to: Counters, now: Millis): Traffic => ({
  milliseconds: millis(Math.round(now - from.at)),
  rxBytes: to.rxBytes - from.rxBytes,
  txBytes: to.txBytes - from.txBytes,
  rxPackets: to.rxPackets - from.rxPackets,
  txPackets: to.txPackets - from.txPackets,
});
