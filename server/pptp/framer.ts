import { type Decoded, fault } from "../wire/decoded.ts";
import { decodeMessage } from "./messages/codec.ts";
import { IDENTIFYING_OCTETS, readHeader } from "./messages/header.ts";
import type { ControlMessage } from "./messages/message.ts";
import { MAX_MESSAGE } from "./messages/registry.ts";

/**
 * Cuts a TCP stream into control messages, however it was segmented. Holds at most one unfinished message,
 * and looks at each octet once or twice, so neither memory nor time grows with what a stranger sends.
 */
export class Framer {
  readonly #held = new Uint8Array(MAX_MESSAGE);
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
    let at = 0;
    while (at < bytes.length && !this.#faulted) {
      const taken = Math.min(this.#wanted - this.#count, bytes.length - at);
      this.#held.set(bytes.subarray(at, at + taken), this.#count);
      this.#count += taken;
      at += taken;
      const result = this.#examine();
      if (result === undefined) continue;
      this.#observe?.(this.#held.subarray(0, this.#count));
      this.#count = 0;
      this.#wanted = IDENTIFYING_OCTETS;
      this.#faulted = !result.ok;
      found.push(result);
    }
    return found;
  }

  #examine(): Decoded<ControlMessage> | undefined {
    const header = readHeader(this.#held, this.#count);
    if (!header.ok) return fault(header.code, header.at);
    if (header.value === undefined) return undefined;
    this.#wanted = header.value.length;
    if (this.#count < this.#wanted) return undefined;
    return decodeMessage(this.#held.subarray(0, this.#count));
  }
}
