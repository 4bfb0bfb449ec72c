import type { Clock } from "../../../server/platform/clock.ts";
import { TimerSet } from "../../../server/platform/timer-set.ts";
import { isLcpConfigureReply } from "../../../server/ppp/lcp/configure-reply.ts";
import { createLink, link } from "../link/link.ts";
import type {
  LinkEffect,
  LinkEnd,
  LinkEvent,
  LinkFailure,
  LinkSeeds,
  LinkTimer,
  LinkWishes,
  Network,
  Reached,
} from "../link/link-types.ts";
import { MRU } from "../tunnel/limits.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

export interface LinkRoomEvents {
  reached(stage: Reached): void;
  /** Comes before the frame that completes IPCP goes out. */
  open(network: Network): void;
  /** The link is about to end. */
  failed(cause: LinkFailure): void;
  /** The last one. */
  ended(cause: LinkEnd): void;
}

/** Ours: frames that overtake the Outgoing-Call-Reply and wait for it. A server says one or two. */
const MAX_EARLY = 8;

/** Runs the link's machine on the tunnel. */
export class LinkRoom {
  readonly #tunnel: Tunnel;
  readonly #events: LinkRoomEvents;
  readonly #timers: TimerSet<LinkTimer>;
  readonly #early: Uint8Array[] = [];
  #link;
  #rxSeen = 0;
  readonly #waiting: LinkEvent[] = [];
  #busy = false;
  #at: "waiting" | "live" | "over" = "waiting";
  #answered = false;

  constructor(
    clock: Clock,
    tunnel: Tunnel,
    wishes: Omit<LinkWishes, "mru"> & { readonly seeds: LinkSeeds },
    events: LinkRoomEvents,
  ) {
    const { authentication, strengths, user, password, seeds } = wishes;
    this.#tunnel = tunnel;
    this.#events = events;
    this.#link = createLink({ mru: MRU, authentication, strengths, user, password }, seeds);
    this.#timers = new TimerSet(clock);
  }

  /** Has it begun, and not ended? */
  get live(): boolean {
    return this.#at === "live";
  }

  /** Has the server answered an LCP Configure-Request of ours, so that ours arrive there? */
  get answered(): boolean {
    return this.#answered;
  }

  start(): void {
    this.#at = "live";
    this.#feed({ type: "start" });
    for (const frame of this.#early.splice(0)) this.frame(frame);
  }

  /** A frame of the server. */
  frame(frame: Uint8Array): void {
    this.#answered ||= isLcpConfigureReply(frame);
    if (this.#at === "live") this.#feed({ type: "frame", frame });
    else if (this.#at === "waiting" && this.#early.length < MAX_EARLY) this.#early.push(frame);
  }

  close(): void {
    if (this.#at === "live") this.#feed({ type: "close" });
  }

  /** The call is gone: nothing is sent or waited for any more. */
  stop(): void {
    this.#at = "over";
    this.#timers.clear();
  }

  /** What comes while effects are performed has to wait for the last of them. */
  #feed(event: LinkEvent): void {
    this.#waiting.push(event);
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const [state, ...effects] = link(this.#link, next);
      this.#link = state;
      for (const effect of effects) this.#perform(effect);
    }
    this.#busy = false;
  }

  #perform(effect: LinkEffect): void {
    switch (effect.do) {
      case "send":
        this.#tunnel.send(effect.frame);
        return;
      case "arm":
        this.#timers.arm(effect.timer, effect.after, () => this.#expired(effect.timer));
        return;
      case "disarm":
        this.#timers.disarm(effect.timer);
        return;
      case "set-keys":
        this.#tunnel.setKeys(effect.keys);
        return;
      case "reached":
        this.#events.reached(effect.stage);
        return;
      case "open-network":
        this.#events.open(effect.network);
        return;
      case "failed":
        this.#events.failed(effect.cause);
        return;
      case "ended":
        this.stop();
        this.#events.ended(effect.cause);
        return;
      default:
        effect satisfies never;
    }
  }

  #expired(timer: LinkTimer): void {
    if (this.#at !== "live") return;
    const { rxPackets } = this.#tunnel.counters;
    const alive = timer === "echo" && rxPackets !== this.#rxSeen;
    this.#rxSeen = rxPackets;
    this.#feed(alive ? { type: "alive" } : { type: "timer", timer });
  }
}
