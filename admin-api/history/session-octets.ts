import type { SessionFacts, SessionLook } from "../../server/concentrator/calls/live-session.ts";
import { liveFactsJson } from "../schemas/session-json.ts";
import { MAX_DIGITS, MOMENT_LENGTH, putMoment, putNumber, putOctets } from "./octets.ts";

const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const DURATION = octetsOf(',"durationSeconds":');
const RX_BYTES = octetsOf(',"rxBytes":');
const TX_BYTES = octetsOf(',"txBytes":');
const RX_PACKETS = octetsOf(',"rxPackets":');
const TX_PACKETS = octetsOf(',"txPackets":');
const NEVER = octetsOf(',"lastActivity":null}');
const LAST = octetsOf(',"lastActivity":"');
const END = octetsOf('"}');

/** What all figures take at most. */
const FIGURES = [DURATION, RX_BYTES, TX_BYTES, RX_PACKETS, TX_PACKETS].reduce(
  (sum, { length }) => sum + length + MAX_DIGITS,
  LAST.length + MOMENT_LENGTH + END.length,
);

/**
 * The JSON of one session that is up, in UTF-8, the same as `JSON.stringify(liveSessionJson(…))`. Facts
 * stand in front and are written when they change, figures behind them each time.
 */
export class SessionOctets {
  #facts: SessionFacts | undefined;
  #memory = new Uint8Array();
  /** Octets of the facts. */
  #head = 0;
  /** Where the counters begin. */
  #behindDuration = 0;
  #counters: Counters | undefined;
  #written = new Uint8Array();

  /** As it was written last; what is written next stands in the same memory. */
  get octets(): Uint8Array {
    return this.#written;
  }

  write({ facts, durationSeconds, counters }: SessionLook): void {
    if (facts !== this.#facts) this.#writeFacts(facts);
    const memory = this.#memory;
    const at = putNumber(memory, putOctets(memory, this.#head, DURATION), durationSeconds);
    // Most sessions carry nothing within a second: then all behind the duration stands there already.
    if (at === this.#behindDuration && same(counters, this.#counters)) return;
    this.#behindDuration = at;
    this.#counters = counters;
    const end = putCounters(memory, at, counters);
    if (end !== this.#written.length) this.#written = memory.subarray(0, end);
  }

  #writeFacts(facts: SessionFacts): void {
    const head = octetsOf(JSON.stringify(liveFactsJson(facts)).slice(0, -1));
    this.#facts = facts;
    this.#head = head.length;
    this.#memory = new Uint8Array(head.length + FIGURES);
    this.#memory.set(head);
    this.#behindDuration = 0;
    this.#written = new Uint8Array();
  }
}

type Counters = SessionLook["counters"];

const same = (a: Counters, b: Counters | undefined): boolean =>
  a.rxPackets === b?.rxPackets &&
  a.txPackets === b.txPackets &&
  a.rxBytes === b.rxBytes &&
  a.txBytes === b.txBytes &&
  a.lastActivity === b.lastActivity;

function putCounters(memory: Uint8Array, from: number, counters: Counters): number {
  let at = putNumber(memory, putOctets(memory, from, RX_BYTES), counters.rxBytes);
  at = putNumber(memory, putOctets(memory, at, TX_BYTES), counters.txBytes);
  at = putNumber(memory, putOctets(memory, at, RX_PACKETS), counters.rxPackets);
  at = putNumber(memory, putOctets(memory, at, TX_PACKETS), counters.txPackets);
  if (counters.lastActivity === 0) return putOctets(memory, at, NEVER);
  at = putMoment(memory, putOctets(memory, at, LAST), counters.lastActivity);
  return putOctets(memory, at, END);
}
