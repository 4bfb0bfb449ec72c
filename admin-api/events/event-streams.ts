import { AppError } from "../../server/errors/app-error.ts";
import type { Millis } from "../../server/wire/units.ts";
import { EventStream, type StreamEnd, type StreamParts, type StreamRequest } from "./event-stream.ts";
import { HEARTBEAT, MAX_STREAMS, STREAMS_PER_TOKEN } from "./limits.ts";

interface Open {
  readonly stream: EventStream;
  /** Of the token or the administrator. */
  readonly owner: string;
}

/** Every stream of events that is open: how many there may be, their beat, and their end. */
export class EventStreams {
  readonly #after: (delay: Millis, task: () => void) => () => void;
  readonly #open = new Set<Open>();
  readonly #ended: Partial<Record<StreamEnd, number>> = {};
  #cancel = () => {};
  #stopping = false;

  constructor(after: (delay: Millis, task: () => void) => () => void) {
    this.#after = after;
  }

  get count(): number {
    return this.#open.size;
  }

  /** How many have ended since start, by why. */
  ended(): Readonly<Record<string, number>> {
    return this.#ended;
  }

  /** Throws rate-limited where there are too many. To be called before the answer begins. */
  demandRoom(owner: string): void {
    if (this.#stopping) throw new AppError("unavailable", "pacd is stopping.");
    const own = [...this.#open].filter((one) => one.owner === owner).length;
    if (own < STREAMS_PER_TOKEN && this.#open.size < MAX_STREAMS) return;
    const most =
      own < STREAMS_PER_TOKEN ? `${MAX_STREAMS} streams` : `${STREAMS_PER_TOKEN} streams of one token`;
    throw new AppError("rate-limited", `No more than ${most} may be open at once. End one first.`);
  }

  /**
   * Rejects where what was missed cannot be read; the stream is over then. `onEnd` tells at once when who
   * asked may ask no more, and returns what ends that watch.
   */
  async open(
    parts: StreamParts,
    request: StreamRequest,
    owner: string,
    onEnd: (task: () => void) => () => void,
  ): Promise<void> {
    const stream = new EventStream(parts, request);
    const one = { stream, owner };
    this.#open.add(one);
    if (this.#open.size === 1) this.#beatLater();
    const unwatch = onEnd(() => this.#over(one, "token-ended"));
    parts.response.once("close", () => {
      unwatch();
      this.#over(one, "reader-gone");
    });
    try {
      await stream.replay();
    } catch (error) {
      this.#over(one, "failed");
      throw error;
    }
  }

  /** pacd stops: every stream ends, and none begins. */
  stop(): void {
    this.#stopping = true;
    this.#cancel();
    for (const one of [...this.#open]) this.#over(one, "stopping");
  }

  #over(one: Open, why: StreamEnd): void {
    if (!this.#open.delete(one)) return;
    one.stream.end(why);
    const said = one.stream.ended ?? why;
    this.#ended[said] = (this.#ended[said] ?? 0) + 1;
    if (this.#open.size === 0) this.#cancel();
  }

  #beatLater(): void {
    this.#cancel = this.#after(HEARTBEAT, () => {
      for (const one of [...this.#open]) {
        one.stream.beat();
        if (one.stream.ended !== undefined) this.#over(one, one.stream.ended);
      }
      if (this.#open.size > 0) this.#beatLater();
    });
  }
}
