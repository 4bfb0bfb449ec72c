import { NUMBERS_OF_A_RUN } from "./limits.ts";
import type { NewEvent, PacdEvent } from "./register.ts";

/** Is told of each event, in order. Must neither throw nor wait. */
export type EventListener = (event: PacdEvent) => void;

/** Who can tell that something happened. */
export interface EventSink {
  publish(event: NewEvent): void;
}

/**
 * Gives each event its number and its time and tells whoever listens, within the call: nothing is awaited,
 * since a dial stands behind it.
 */
export class EventBus implements EventSink {
  readonly #clock: { date(): Date };
  readonly #listeners = new Set<EventListener>();
  #lastId: number;

  /** `lastId`: the highest number that is on record; 0: none. */
  constructor(clock: { date(): Date }, lastId: number) {
    this.#clock = clock;
    this.#lastId = lastId === 0 ? 0 : (Math.floor(lastId / NUMBERS_OF_A_RUN) + 1) * NUMBERS_OF_A_RUN;
  }

  /** The number of the last event, or from which on they go. */
  get lastId(): number {
    return this.#lastId;
  }

  publish(event: NewEvent): void {
    const told: PacdEvent = { ...event, id: ++this.#lastId, at: this.#clock.date().toISOString() };
    for (const listener of this.#listeners) listener(told);
  }

  /** Tells of every event from now on, until the returned function is called. */
  watch(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
