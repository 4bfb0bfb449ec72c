import { type Decoded, fault } from "../wire/decoded.ts";
import { decodeMessage } from "./messages/codec.ts";
import { IDENTIFYING_OCTETS, readHeader } from "./messages/header.ts";
import type { ControlMessage } from "./messages/message.ts";
import { MAX_MESSAGE } from "./messages/registry.ts";

const NOTHING = new Uint8Array(0);

/**
 * Cuts a TCP stream into control messages, however it was segmented. Holds at most one unfinished message,
 * and looks at each octet once or twice, so neither memory nor time grows with what a stranger sends.
 */
export class Framer {
  /** Made when a message comes in pieces, which it seldom does. */
  #held = NOTHING;
  #count = 0;
  /** Octets of the message at hand that must be there before anything more can be said of it. */
  #wanted = IDENTIFYING_OCTETS;
  #faulted = false;
  readonly #observe: ((octets: Uint8Array) => void) | undefined;

  /**
   * `observe` is shown the octets of each message, and as many of a fault as were held, before `push`
   * returns. A view.
   */
  constructor(observe?: (octets: Uint8Array) => void) {
    this.#observe = observe;
  }

  /** Octets of a message that is not whole yet. */
  get held(): number {
    return this.#count;
  }

  /** Those octets. A view, until the next push. */
  get begun(): Uint8Array {
    return this.#held.subarray(0, this.#count);
  }

  /**
   * Has the stream lost its place? Then it stays so: RFC 2637 §1.4 forbids looking for the next magic cookie.
   */
  get faulted(): boolean {
    return this.#faulted;
  }

  /**
   * The messages that these octets complete, in order. A fault is the last entry ever, `at` counting from the
   * start of the message it is in; after it every push gives none.
   */
  push(bytes: Uint8Array): readonly Decoded<ControlMessage>[] {
    const found: Decoded<ControlMessage>[] = [];
    // Octets of the message at hand: those held, or else those between `start` and `at`, where they are.
    let start = 0;
    let at = 0;
    while (at < bytes.length && !this.#faulted) {
      at += Math.min(this.#wanted - this.#count - (at - start), bytes.length - at);
      if (this.#count > 0) {
        this.#hold(bytes.subarray(start, at));
        start = at;
      }
      const octets = this.#count > 0 ? this.begun : bytes.subarray(start, at);
      const result = this.#examine(octets);
      if (result === undefined) continue;
      this.#observe?.(octets);
      this.#count = 0;
      start = at;
      this.#wanted = IDENTIFYING_OCTETS;
      this.#faulted = !result.ok;
      found.push(result);
    }
    if (start < at) this.#hold(bytes.subarray(start, at));
    return found;
  }

  #hold(octets: Uint8Array): void {
    if (this.#held.length === 0) this.#held = new Uint8Array(MAX_MESSAGE);
    this.#held.set(octets, this.#count);
    this.#count += octets.length;
  }

  #examine(octets: Uint8Array): Decoded<ControlMessage> | undefined {
    const header = readHeader(octets, octets.length);
    if (!header.ok) return fault(header.code, header.at);
    if (header.value === undefined) return undefined;
    this.#wanted = header.value.length;
    return octets.length < this.#wanted ? undefined : decodeMessage(octets);
  }
}
