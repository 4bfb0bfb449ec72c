/** A pure machine: what an event makes of a state, and what is to be done about it, in this order. */
export type Machine<State, Event, Effect> = (state: State, event: Event) => readonly [State, ...Effect[]];

/** What a runner needs of its owner. */
export interface RunnerOwner<Event, Effect> {
  perform(effect: Effect): void;
  /**
   * The machine or an effect threw. The runner has stopped: the state says that effects were performed which
   * were not. What is thrown from here reaches whoever fed the event.
   */
  failed(error: unknown): void;
  /** For tracing: every step before its effects are performed; without an event, what `start` performs. */
  observe?(event: Event | undefined, effects: readonly Effect[]): void;
}

/**
 * Feeds events to a machine and has its effects performed: in order, and all of them before the next event.
 * An event that comes while effects are being performed waits until those before it are through.
 */
export class Runner<State, Event, Effect> {
  readonly #machine: Machine<State, Event, Effect>;
  readonly #owner: RunnerOwner<Event, Effect>;
  readonly #first: readonly Effect[];
  readonly #waiting: Event[] = [];
  #state: State;
  #busy = false;
  #stopped = false;

  /** `initial`: the state that the machine begins in, and what `start` performs. */
  constructor(
    machine: Machine<State, Event, Effect>,
    [state, ...first]: readonly [State, ...Effect[]],
    owner: RunnerOwner<Event, Effect>,
  ) {
    this.#machine = machine;
    this.#state = state;
    this.#first = first;
    this.#owner = owner;
  }

  get state(): State {
    return this.#state;
  }

  /** Nothing moves any more. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Performs what the machine begins with, before its first event; needed only where there is any. */
  start(): void {
    if (!this.#stopped) this.#run(() => this.#perform(undefined, this.#first));
  }

  feed(event: Event): void {
    if (this.#stopped) return;
    this.#waiting.push(event);
    if (!this.#busy) this.#run(() => {});
  }

  /** From here on no event and no effect counts, those that wait and the rest of those at hand included. */
  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
  }

  #run(before: () => void): void {
    this.#busy = true;
    try {
      before();
      while (this.#waiting.length > 0) this.#step(this.#waiting.shift()!);
    } catch (error) {
      this.stop();
      this.#owner.failed(error);
    } finally {
      this.#busy = false;
    }
  }

  #step(event: Event): void {
    const [next, ...effects] = this.#machine(this.#state, event);
    this.#state = next;
    this.#perform(event, effects);
  }

  #perform(event: Event | undefined, effects: readonly Effect[]): void {
    this.#owner.observe?.(event, effects);
    for (const effect of effects) {
      if (this.#stopped) return;
      this.#owner.perform(effect);
    }
  }
}
