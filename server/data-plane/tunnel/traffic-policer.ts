import type { DropReason, TrafficPolicy } from "../data-plane.ts";
import { DestinationFilter } from "./destination-filter.ts";
import { RateLimit } from "./rate-limit.ts";

/** Polices the packets of one tunnel: rate each way, destinations. No allocation for a packet. */
export class TrafficPolicer {
  readonly #up: RateLimit | undefined;
  readonly #down: RateLimit | undefined;
  readonly #destinations: DestinationFilter | undefined;

  /**
   * `before`: what was in force until `now`; "anything": no limit, in a session that runs; undefined: the
   * session begins.
   */
  constructor(policy: TrafficPolicy, now: number, before: TrafficPolicer | "anything" | undefined) {
    const { rateUp, rateDown, destinations } = policy;
    const [up, down] = before instanceof TrafficPolicer ? [before.#up, before.#down] : [];
    // A change in the midst of a session brings no new burst, or a client that can cause changes would get
    // many.
    const none = before === undefined ? undefined : "none";
    this.#up = rateUp === undefined ? undefined : new RateLimit(rateUp, now, up ?? none);
    this.#down = rateDown === undefined ? undefined : new RateLimit(rateDown, now, down ?? none);
    this.#destinations = destinations.length === 0 ? undefined : new DestinationFilter(destinations);
  }

  /** Why the sound inner packet `bytes[at..end)` from the client may not pass; undefined: it may. */
  refusesFromClient(bytes: Uint8Array, at: number, end: number, now: number): DropReason | undefined {
    // Destinations first: what is denied uses up no rate.
    if (this.#destinations?.allows(bytes, at, end) === false) return "destination-denied";
    return this.#up?.take(end - at, now) === false ? "rate-limit-up" : undefined;
  }

  /** The same for a packet of `octets` to the client, before it is cut into fragments. */
  refusesToClient(octets: number, now: number): DropReason | undefined {
    return this.#down?.take(octets, now) === false ? "rate-limit-down" : undefined;
  }
}

/** Does it leave every packet alone? */
export const isUnlimited = ({ rateUp, rateDown, destinations }: TrafficPolicy): boolean =>
  rateUp === undefined && rateDown === undefined && destinations.length === 0;
