import type { Clock } from "../../platform/clock.ts";
import type { Refused } from "../../platform/raw-socket.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { CounterWriter } from "../counters.ts";
import { BUSY_FROM, CARRIED_AT_MOST, FIRST_LOOP, QUIET_TO } from "../limits.ts";
import type { CarriedCall, GuardNews, LoopCall, Pace } from "../loop/loop-messages.ts";

/** Ours: so often a loop asks what the kernel has kept away from it. For people a second is at once. */
const ASK_EVERY: Millis = millis(1000);

/** A GRE socket that gets packets of admitted calls alone. */
export interface Guard {
  admit(callId: number, peer: Ipv4): void;
  dismiss(callId: number): void;
  refused(): Refused;
  /** Packets that have arrived so far. */
  received(): number;
  /** Nothing arrives and nothing is counted while it rests. */
  rest(rests: boolean): void;
  /** Whether what comes for another worker, which rests, is counted here. */
  countFor(worker: number, counts: boolean): void;
}

export interface GuardWatchParts {
  readonly guard: Guard;
  readonly clock: Clock;
  readonly counters: CounterWriter;
  /** The loop's number, and how many there are. */
  readonly worker: number;
  readonly of: number;
  tell(news: GuardNews): void;
}

/**
 * Keeps a guard in step with the tunnels of a loop: without any it may rest, which spares the packets of
 * other loops a copy each (the first loop never does, and counts for those that do), and with some when it is
 * told to (`resting.ts`). Counts what the guard refuses among the loop's drops: once a second, since the
 * kernel tells nobody of it. Says how much comes.
 */
export class GuardWatch {
  readonly #parts: GuardWatchParts;
  #counted: Refused = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  /** Of the first loop: workers without tunnels, and calls of those that rest although they have some. */
  readonly #empty = new Set<number>();
  readonly #carried = new Map<number, readonly CarriedCall[]>();
  /** Packets that were carried to each worker since the last look. */
  readonly #carriedNow: number[];
  #tunnels = 0;
  #toldToRest = false;
  #rests = false;
  #received = 0;
  /** As it was said; undefined: it was not, and is to be found out by the look after the next. */
  #pace: Pace | undefined = "some";
  #disarm: () => void;

  constructor(parts: GuardWatchParts) {
    const { clock, of } = parts;
    this.#parts = parts;
    this.#carriedNow = Array.from({ length: of }, () => 0);
    if (this.#isFirst) for (let other = FIRST_LOOP + 1; other < of; other += 1) this.#countFor(other, true);
    this.#settle();
    this.#disarm = clock.after(ASK_EVERY, this.#ask);
  }

  /** Before the loop performs a call: what is confirmed as added must be let in. */
  before(call: LoopCall): void {
    const { guard, worker, tell } = this.#parts;
    switch (call.call) {
      case "add":
        guard.admit(call.spec.callId, call.spec.peerAddress);
        this.#tunnels += 1;
        this.#settle();
        return;
      case "remove":
        guard.dismiss(call.callId);
        this.#tunnels -= 1;
        this.#settle();
        return;
      case "rest":
        this.#toldToRest = call.rests;
        this.#settle();
        if (call.rests) return;
        this.#pace = undefined;
        tell({ news: "awake", worker });
        return;
      case "count-for":
        this.#countFor(call.worker, call.counts);
        return;
      case "carry":
        this.#carry(call.worker, call.calls);
        return;
      case "carry-no-more":
        this.#carryNoMore(call.worker);
        return;
      case "close":
        this.#disarm();
        return;
      default:
    }
  }

  /** A packet is being carried to that worker. */
  carries(worker: number): void {
    const now = this.#carriedNow[worker]! + 1;
    this.#carriedNow[worker] = now;
    if (now === CARRIED_AT_MOST) this.#parts.tell({ news: "carried-much", worker });
  }

  get #isFirst(): boolean {
    return this.#parts.worker === FIRST_LOOP;
  }

  #settle(): void {
    const rests = !this.#isFirst && (this.#tunnels === 0 || this.#toldToRest);
    if (rests !== this.#rests) this.#parts.guard.rest(rests);
    this.#rests = rests;
  }

  /** Calls come first: a packet of theirs that is looked for must be found. */
  #carry(worker: number, calls: readonly CarriedCall[]): void {
    const { guard, tell } = this.#parts;
    this.#carryNoMore(worker);
    for (const { callId, peer } of calls) guard.admit(callId, peer);
    this.#carried.set(worker, calls);
    guard.countFor(worker, true);
    tell({ news: "carrying", worker });
  }

  #carryNoMore(worker: number): void {
    const calls = this.#carried.get(worker);
    if (calls === undefined) return;
    this.#carried.delete(worker);
    this.#parts.guard.countFor(worker, this.#empty.has(worker));
    for (const { callId } of calls) this.#parts.guard.dismiss(callId);
  }

  #countFor(worker: number, counts: boolean): void {
    if (counts) this.#empty.add(worker);
    else this.#empty.delete(worker);
    this.#parts.guard.countFor(worker, counts || this.#carried.has(worker));
  }

  readonly #ask = (): void => {
    const { guard, clock, counters } = this.#parts;
    const [now, then] = [guard.refused(), this.#counted];
    counters.dropped("gre-unknown-call", now.unknownCall - then.unknownCall);
    counters.dropped("gre-wrong-peer", now.wrongPeer - then.wrongPeer);
    counters.dropped("gre-not-pptp", now.notPptp - then.notPptp);
    this.#counted = now;
    this.#look();
    this.#disarm = clock.after(ASK_EVERY, this.#ask);
  };

  #look(): void {
    const { guard, worker, of, tell } = this.#parts;
    const received = guard.received();
    const came = received - this.#received;
    this.#received = received;
    this.#carriedNow.fill(0);
    const pace = this.#pace === undefined ? "some" : paceOf(came);
    const again = this.#isFirst && pace === "busy";
    if (of > 1 && (again || pace !== this.#pace)) tell({ news: "pace", worker, pace });
    this.#pace = pace;
  }
}

const paceOf = (packets: number): Pace =>
  packets >= BUSY_FROM ? "busy" : packets <= QUIET_TO ? "quiet" : "some";
