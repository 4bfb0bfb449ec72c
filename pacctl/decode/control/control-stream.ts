import { Framer } from "../../../server/pptp/framer.ts";
import { IDENTIFYING_OCTETS, readHeader } from "../../../server/pptp/messages/header.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { concat } from "../../../server/wire/bytes.ts";
import type { DecodeFault } from "../../../server/wire/decoded.ts";
import { MAX_FAULT_SHOWN, MAX_FAULTS } from "../limits.ts";

/** What stood in one direction of a control connection. */
export type ControlItem =
  | { readonly kind: "message"; readonly message: ControlMessage; readonly octets: Uint8Array }
  /**
   * Octets that are no message; `octets`: the beginning of `length`. `last`: nothing more is looked for here.
   * `first`: no message came before. `certain`: the sender is at fault, and not a capture that joined in the
   * midst or lacks octets.
   */
  | {
      readonly kind: "fault";
      readonly code: DecodeFault;
      readonly octets: Uint8Array;
      readonly length: number;
      readonly last: boolean;
      readonly first: boolean;
      readonly certain: boolean;
    };

const NOTHING = new Uint8Array(0);

/**
 * Messages of one direction. Unlike a server, which closes the connection (RFC 2637 §1.4), a reader of
 * captures goes on behind a fault: where the next header stands in the same octets, or else with the next
 * segment.
 */
export class ControlStream {
  readonly #seen: Uint8Array[] = [];
  #framer = this.#fresh();
  #faults = 0;
  #messages = 0;
  /** Octets that begin here begin a message. */
  #inStep: boolean;

  /** `fromStart`: the connection was seen from its first octet. */
  constructor(fromStart: boolean) {
    this.#inStep = fromStart;
  }

  /** Is this anything but PPTP? */
  get lost(): boolean {
    return this.#faults >= MAX_FAULTS;
  }

  /** The next octets in order. What is returned owns its memory. */
  push(octets: Uint8Array): readonly ControlItem[] {
    if (this.lost) return [];
    const held = this.#framer.held;
    this.#seen.length = 0;
    const results = this.#framer.push(octets);
    const items: ControlItem[] = [];
    let taken = -held;
    for (const [i, result] of results.entries()) {
      const seen = this.#seen[i] ?? NOTHING;
      taken += seen.length;
      if (result.ok) {
        this.#faults = 0;
        this.#messages += 1;
        this.#inStep = true;
        items.push({ kind: "message", message: result.value, octets: seen });
        continue;
      }
      this.#faults += 1;
      this.#framer = this.#fresh();
      // What was held may hold the beginning of a message.
      const whole = concat(seen, octets.subarray(Math.max(0, taken)));
      const next = this.lost ? whole.length : headerIn(whole);
      items.push(this.#fault(result.code, whole.subarray(0, next)));
      if (next < whole.length) items.push(...this.push(whole.subarray(next)));
    }
    return items;
  }

  /** Octets are missing here: what was begun will never be whole. */
  hole(): readonly ControlItem[] {
    const { held } = this.#framer;
    this.#framer = this.#fresh();
    this.#inStep = false;
    if (held === 0 || this.lost) return [];
    const first = this.#messages === 0;
    return [
      { kind: "fault", code: "truncated", octets: NOTHING, length: held, last: false, first, certain: false },
    ];
  }

  #fault(code: DecodeFault, octets: Uint8Array): ControlItem {
    return {
      kind: "fault",
      code,
      octets: octets.slice(0, MAX_FAULT_SHOWN),
      length: octets.length,
      last: this.lost,
      first: this.#messages === 0,
      certain: this.#inStep,
    };
  }

  #fresh(): Framer {
    return new Framer((octets) => this.#seen.push(octets.slice()));
  }
}

/** Where behind the first octet a header begins; the length where none does. */
function headerIn(octets: Uint8Array): number {
  for (let at = 1; at + IDENTIFYING_OCTETS <= octets.length; at += 1) {
    const header = readHeader(octets.subarray(at, at + IDENTIFYING_OCTETS), IDENTIFYING_OCTETS);
    if (header.ok && header.value !== undefined) return at;
  }
  return octets.length;
}
