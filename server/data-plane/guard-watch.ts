import type { Clock } from "../platform/clock.ts";
import type { Refused } from "../platform/raw-socket.ts";
import { type Millis, millis } from "../wire/units.ts";
import type { CounterWriter } from "./counters.ts";
import type { LoopCall } from "./loop-messages.ts";

/** Ours: so often a loop asks what the kernel has kept away from it. For people a second is at once. */
const ASK_EVERY: Millis = millis(1000);

/** A GRE socket that gets packets of admitted calls alone. */
export interface Guard {
  admit(callId: number, peer: number): void;
  dismiss(callId: number): void;
  refused(): Refused;
}

/**
 * Keeps a guard in step with the tunnels of a loop, and counts what it refuses among the loop's drops: once a second, since
 * the kernel tells nobody of it.
 */
export class GuardWatch {
  readonly #guard: Guard;
  readonly #clock: Clock;
  readonly #counters: CounterWriter;
  #counted: Refused = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  #disarm: () => void;

  constructor(guard: Guard, clock: Clock, counters: CounterWriter) {
    this.#guard = guard;
    this.#clock = clock;
    this.#counters = counters;
    this.#disarm = clock.after(ASK_EVERY, this.#ask);
  }

  /** Before the loop performs a call: what is confirmed as added must be let in. */
  before(call: LoopCall): void {
    if (call.call === "add") this.#guard.admit(call.spec.callId, call.spec.peerAddress);
    else if (call.call === "remove") this.#guard.dismiss(call.callId);
    else if (call.call === "close") this.#disarm();
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
