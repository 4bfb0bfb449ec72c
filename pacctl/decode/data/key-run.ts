import { elapsed } from "../../../server/wire/elapsed.ts";
import { ahead } from "../../../server/wire/sequence.ts";
import type { Side } from "../../capture/captured.ts";
import { type Opening, RUN } from "./decryption.ts";

/** Where a packet is in the capture and in its call. */
export interface PacketPlace {
  readonly frame: number;
  /** Since the call began, in milliseconds. */
  readonly since: number;
  readonly sequence: number;
  /** How often CCP has opened so far. */
  readonly openings: number;
}

/** Packets in a row that came out as nonsense, or whose counts fit nowhere. */
interface Run {
  readonly first: PacketPlace;
  readonly hint: string;
  last: PacketPlace;
  packets: number;
  /** Those of them that show it. */
  closed: number;
}

/**
 * One direction of a tunnel: from where on, and up to where, its packets were encrypted with other keys than
 * those that follow from the log-in.
 */
export class KeyRuns {
  readonly #from: Side;
  #held = 0;
  #lastHeld: PacketPlace | undefined;
  #run: Run | undefined;

  constructor(from: Side) {
    this.#from = from;
  }

  /**
   * What became of the next packet. Returns what is to be said of it and those before it, once for each run.
   */
  take(opening: Opening, place: PacketPlace): { readonly begun?: string; readonly over?: string } {
    if (opening.ok) {
      const over = this.#over();
      this.#run = undefined;
      this.#held += 1;
      this.#lastHeld = place;
      return over === undefined ? {} : { over };
    }
    // A stateful receiver that has seen nonsense opens nothing more until a flushed packet.
    const differs = opening.why === "senseless" || opening.why === "astray";
    const more = differs || (opening.why === "out-of-step" && this.#run !== undefined);
    if (!more) return {};
    this.#run ??= { first: place, hint: this.#hint(place), last: place, packets: 0, closed: 0 };
    this.#run.last = place;
    this.#run.packets += 1;
    if (!differs) return {};
    this.#run.closed += 1;
    return this.#run.closed === RUN ? { begun: this.#begins(this.#run) } : {};
  }

  /** Nothing more comes. */
  end(): string | undefined {
    if (this.#run === undefined || this.#run.closed < RUN) return undefined;
    return this.#begins(this.#run);
  }

  #begins({ first, hint }: Run): string {
    const before = this.#held === 0 ? "nor could any before it" : `${this.#held} before it could be`;
    return `Keys differ from here on: frame ${first.frame} of the ${this.#from}, ${elapsed(first.since)} after the call began, and those that follow it cannot be opened with the keys that the log-in gives; ${before}. ${hint}`;
  }

  #over(): string | undefined {
    if (this.#run === undefined || this.#run.closed < RUN) return undefined;
    const { first, last, packets, hint } = this.#run;
    return `Keys differed for a while: ${packets} packets of the ${this.#from}, from frame ${first.frame}, ${elapsed(first.since)} after the call began, to frame ${last.frame}, cannot be opened with the keys that the log-in gives. ${hint}`;
  }

  /** What may have changed them. */
  #hint(place: PacketPlace): string {
    const before = this.#lastHeld;
    if (before === undefined)
      return "The log-in in the capture may be another than that of this tunnel, or the server makes other keys of it.";
    if (place.openings !== before.openings) return "CCP was negotiated anew before it.";
    const missing = ahead(place.sequence, before.sequence) - 1;
    if (missing > 0)
      return `Before it, ${missing === 1 ? "one packet is" : `${missing} packets are`} missing or closed.`;
    return "No packet is missing before it, and CCP was not negotiated anew.";
  }
}
