import type { Clock } from "../platform/clock.ts";
import type { Refused } from "../platform/raw-socket.ts";
import { type Millis, millis } from "../wire/units.ts";
import type { CounterWriter } from "./counters.ts";
import { FIRST_LOOP } from "./limits.ts";
import type { LoopCall } from "./loop-messages.ts";

/** Ours: so often a loop asks what the kernel has kept away from it. For people a second is at once. */
const ASK_EVERY: Millis = millis(1000);

/** A GRE socket that gets packets of admitted calls alone. */
export interface Guard {
  admit(callId: number, peer: number): void;
  dismiss(callId: number): void;
  refused(): Refused;
  /** Nothing arrives and nothing is counted while it rests. */
  rest(rests: boolean): void;
  /** Whether what comes for another worker, which rests, is counted here. */
  countFor(worker: number, counts: boolean): void;
}

/**
 * Keeps a guard in step with the tunnels of a loop: without any it may rest, which spares the packets of other loops a copy each
 * (the first loop never does, and counts for those that do). Counts what the guard refuses among the loop's drops: once a second,
 * since the kernel tells nobody of it.
 */
export class GuardWatch {
  readonly #guard: Guard;
  readonly #clock: Clock;
  readonly #counters: CounterWriter;
  #counted: Refused = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  readonly #mayRest: boolean;
  #tunnels = 0;
  #disarm: () => void;

  constructor(guard: Guard, clock: Clock, counters: CounterWriter, worker: number, of: number) {
    this.#guard = guard;
    this.#mayRest = worker !== FIRST_LOOP;
    if (this.#mayRest) guard.rest(true);
    else for (let other = FIRST_LOOP + 1; other < of; other += 1) guard.countFor(other, true);
    this.#clock = clock;
    this.#counters = counters;
    this.#disarm = clock.after(ASK_EVERY, this.#ask);
  }

  /** Before the loop performs a call: what is confirmed as added must be let in. */
  before(call: LoopCall): void {
    const guard = this.#guard;
    switch (call.call) {
      case "add":
        guard.admit(call.spec.callId, call.spec.peerAddress);
        if (this.#tunnels === 0 && this.#mayRest) guard.rest(false);
        this.#tunnels += 1;
        return;
      case "remove":
        guard.dismiss(call.callId);
        this.#tunnels -= 1;
        if (this.#tunnels === 0 && this.#mayRest) guard.rest(true);
        return;
      case "count-for":
        guard.countFor(call.worker, call.counts);
        return;
      case "close":
        this.#disarm();
        return;
      default:
    }
  }

  readonly #ask = (): void => {
    const [now, then] = [this.#guard.refused(), this.#counted];
    this.#counters.dropped("gre-unknown-call", now.unknownCall - then.unknownCall);
    this.#counters.dropped("gre-wrong-peer", now.wrongPeer - then.wrongPeer);
    this.#counters.dropped("gre-not-pptp", now.notPptp - then.notPptp);
    this.#counted = now;
    this.#disarm = this.#clock.after(ASK_EVERY, this.#ask);
  };
}
