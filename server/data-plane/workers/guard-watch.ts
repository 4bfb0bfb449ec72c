import type { Clock } from "../../platform/clock.ts";
import type { Refused } from "../../platform/raw-socket.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { CounterWriter } from "../counters.ts";
import { BUSY_FROM, FIRST_LOOP, MAX_FORWARDED, QUIET_TO } from "../limits.ts";
import type { ForwardedCall, GuardReport, Load, LoopCommand } from "../loop/loop-messages.ts";

/**
 * Ours: so often a loop asks what the kernel has kept away from it. Soon enough for people who watch
 * counters.
 */
const ASK_EVERY: Millis = millis(1000);

/** A GRE socket that gets packets of admitted calls alone. */
export interface Guard {
  admit(callId: CallId, peer: Ipv4): void;
  dismiss(callId: CallId): void;
  refused(): Refused;
  /** Packets that have arrived so far. */
  received(): number;
  /** Nothing arrives and nothing is counted while it is paused. */
  pause(paused: boolean): void;
  /** Packets to these addresses of ours arrive, none meaning all. */
  listenOn(addresses: readonly Ipv4[]): void;
  /** Whether what comes for another worker, which has paused, is counted here. */
  countFor(worker: number, counts: boolean): void;
}

export interface GuardWatchParts {
  readonly guard: Guard;
  readonly clock: Clock;
  readonly counters: CounterWriter;
  /** The loop's number, and how many there are. */
  readonly worker: number;
  readonly of: number;
  report(report: GuardReport): void;
}

/**
 * Keeps a guard in step with the tunnels of a loop: without any it pauses, which spares the packets of
 * other loops a copy each (the first loop never does, and counts for those that do), and with some when it is
 * told to (`idle-workers.ts`). Counts what the guard refuses among the loop's drops: once a second, since the
 * kernel reports nothing by itself. Reports how much comes.
 */
export class GuardWatch {
  readonly #parts: GuardWatchParts;
  #counted: Refused = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  /** Of the first loop: workers without tunnels, and calls of those that pause although they have some. */
  readonly #empty = new Set<number>();
  readonly #forwarding = new Map<number, readonly ForwardedCall[]>();
  /** Packets that were forwarded to each worker since the last look. */
  readonly #forwardedNow: number[];
  #tunnels = 0;
  #toldToPause = false;
  #paused = false;
  #received = 0;
  /** As last reported; undefined: not since it resumed, and known only at the look after the next. */
  #load: Load | undefined = "moderate";
  #disarm: () => void;

  constructor(parts: GuardWatchParts) {
    const { clock, of } = parts;
    this.#parts = parts;
    this.#forwardedNow = Array.from({ length: of }, () => 0);
    if (this.#isFirst) for (let other = FIRST_LOOP + 1; other < of; other += 1) this.#countFor(other, true);
    this.#settle();
    this.#disarm = clock.after(ASK_EVERY, this.#ask);
  }

  /** Before the loop performs a call: what is confirmed as added must be let in. */
  before(command: LoopCommand): void {
    const { guard, worker, report } = this.#parts;
    switch (command.type) {
      case "add-tunnel":
        guard.admit(command.spec.callId, command.spec.peerAddress);
        this.#tunnels += 1;
        this.#settle();
        return;
      case "remove-tunnel":
        guard.dismiss(command.callId);
        this.#tunnels -= 1;
        this.#settle();
        return;
      case "pause":
        this.#toldToPause = command.paused;
        this.#settle();
        if (command.paused) return;
        this.#load = undefined;
        report({ type: "resumed", worker });
        return;
      case "listen-on":
        guard.listenOn(command.addresses);
        return;
      case "count-for":
        this.#countFor(command.worker, command.counts);
        return;
      case "start-forwarding":
        this.#startForwarding(command.worker, command.calls);
        return;
      case "stop-forwarding":
        this.#stopForwarding(command.worker);
        return;
      case "close":
        this.#disarm();
        return;
      default:
    }
  }

  /** A packet was forwarded to that worker. */
  forwarded(worker: number): void {
    const now = this.#forwardedNow[worker]! + 1;
    this.#forwardedNow[worker] = now;
    if (now === MAX_FORWARDED) this.#parts.report({ type: "forwarding-limit", worker });
  }

  get #isFirst(): boolean {
    return this.#parts.worker === FIRST_LOOP;
  }

  #settle(): void {
    const paused = !this.#isFirst && (this.#tunnels === 0 || this.#toldToPause);
    if (paused !== this.#paused) this.#parts.guard.pause(paused);
    this.#paused = paused;
  }

  /** Calls come first: a packet of theirs that is looked for must be found. */
  #startForwarding(worker: number, calls: readonly ForwardedCall[]): void {
    const { guard, report } = this.#parts;
    this.#stopForwarding(worker);
    for (const { callId, peer } of calls) guard.admit(callId, peer);
    this.#forwarding.set(worker, calls);
    guard.countFor(worker, true);
    report({ type: "forwarding", worker });
  }

  #stopForwarding(worker: number): void {
    const calls = this.#forwarding.get(worker);
    if (calls === undefined) return;
    this.#forwarding.delete(worker);
    this.#parts.guard.countFor(worker, this.#empty.has(worker));
    for (const { callId } of calls) this.#parts.guard.dismiss(callId);
  }

  #countFor(worker: number, counts: boolean): void {
    if (counts) this.#empty.add(worker);
    else this.#empty.delete(worker);
    this.#parts.guard.countFor(worker, counts || this.#forwarding.has(worker));
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
    const { guard, worker, of, report } = this.#parts;
    const received = guard.received();
    const came = received - this.#received;
    this.#received = received;
    this.#forwardedNow.fill(0);
    const load = this.#load === undefined ? "moderate" : loadOf(came);
    const again = this.#isFirst && load === "busy";
    if (of > 1 && (again || load !== this.#load)) report({ type: "load", worker, load });
    this.#load = load;
  }
}

const loadOf = (packets: number): Load =>
  packets >= BUSY_FROM ? "busy" : packets <= QUIET_TO ? "quiet" : "moderate";
