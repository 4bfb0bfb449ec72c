import { Framer } from "../../../server/pptp/framer.ts";
import { decodeCutMessage } from "../../../server/pptp/messages/cut-message.ts";
import { IDENTIFYING_OCTETS, readHeader } from "../../../server/pptp/messages/header.ts";
import { concat } from "../../../server/wire/bytes.ts";
import type { DecodeFault } from "../../../server/wire/decoded.ts";
import type { TcpHole } from "../../capture/captured.ts";
import { MAX_FAULT_SHOWN, MAX_FAULTS } from "../limits.ts";
import { carriedText } from "./carried.ts";
import type { ControlItem } from "./control-item.ts";

/** The Length field, with which every message begins (RFC 2637 §1.4). */
const LENGTH_OCTETS = 2;

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
  /** What the octets that came last hold, in words; empty where nothing is known of them. */
  carried = "";
  /** Octets that begin here begin a message. */
  #inStep: boolean;
  /** Octets of a message whose middle is missing that are still to come. */
  #skip = 0;
  /** Behind a hole: where the next message begins is not known until one is found. */
  #astray: { readonly why: TcpHole["why"]; faults: number } | undefined;

  /** `fromStart`: the connection was seen from its first octet. */
  constructor(fromStart: boolean) {
    this.#inStep = fromStart;
  }

  /** Is this anything but PPTP? */
  get lost(): boolean {
    return this.#faults >= MAX_FAULTS;
  }

  /** The next octets in order. What is returned owns its memory. */
  push(segment: Uint8Array): readonly ControlItem[] {
    if (this.lost) {
      this.carried = "";
      return [];
    }
    const passed = this.#passOver(segment.length);
    const octets = segment.subarray(passed);
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
        this.#astray = undefined;
        items.push({ kind: "message", message: result.value, octets: seen });
        continue;
      }
      const astray = this.#astrayFault();
      if (astray === undefined) this.#faults += 1;
      this.#framer = this.#fresh();
      // What was held may hold the beginning of a message.
      const whole = concat(seen, octets.subarray(Math.max(0, taken)));
      const next = this.lost ? whole.length : headerIn(whole);
      if (astray === undefined) items.push(this.#fault(result.code, whole.subarray(0, next)));
      else items.push({ kind: "unread", length: next, why: astray });
      if (next < whole.length) items.push(...this.push(whole.subarray(next)));
    }
    this.#seen.length = 0;
    this.carried = carriedText({ passed, before: held, items }, this.#framer.begun);
    return items;
  }

  /** So many octets are missing here: what was begun will never be whole. */
  hole(length: number, why: TcpHole["why"]): readonly ControlItem[] {
    const octets = this.#framer.begun.slice();
    // Behind octets that are no message, those that are missing are none either.
    if (this.lost || (octets.length === 0 && this.#faults > 0)) return [];
    this.#framer = this.#fresh();
    this.carried = "";
    const items: ControlItem[] = [];
    let left = length - this.#passOver(length);
    if (octets.length >= LENGTH_OCTETS) {
      const whole = (octets[0]! << 8) | octets[1]!;
      const message = decodeCutMessage(octets);
      if (message === undefined) items.push({ kind: "unread", length: whole, why });
      else items.push({ kind: "begun", message, octets, length: whole, why });
      this.#messages += 1;
      const missing = whole - octets.length;
      this.#skip = Math.max(0, missing - left);
      left = Math.max(0, left - missing);
    } else left += octets.length;
    if (left === 0) return items;
    this.#inStep = false;
    this.#astray = { why, faults: 0 };
    return [...items, { kind: "unread", length: left, why }];
  }

  /** Why a fault says nothing of the sender; undefined: it does. */
  #astrayFault(): TcpHole["why"] | undefined {
    const astray = this.#astray;
    if (astray === undefined) return undefined;
    astray.faults += 1;
    if (astray.faults >= MAX_FAULTS) this.#astray = undefined;
    return astray.why;
  }

  /** Octets that still belong to a message whose middle is missing. */
  #passOver(available: number): number {
    const taken = Math.min(this.#skip, available);
    this.#skip -= taken;
    return taken;
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
