import { Runner } from "../../../server/machine/runner.ts";
import type { Clock } from "../../../server/platform/clock.ts";
import { TimerSet } from "../../../server/platform/timer-set.ts";
import { isLcpConfigureReply } from "../../../server/ppp/lcp/configure-reply.ts";
import { createLink, type LinkState, link } from "../link/link.ts";
import type {
  LinkEffect,
  LinkEnd,
  LinkEvent,
  LinkFailure,
  LinkSeeds,
  LinkSettings,
  LinkTimer,
  Network,
  Reached,
} from "../link/link-types.ts";
import { MRU } from "../tunnel/limits.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

export interface LinkRunnerEvents {
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
export class LinkRunner {
  readonly #tunnel: Tunnel;
  readonly #events: LinkRunnerEvents;
  readonly #timers: TimerSet<LinkTimer>;
  readonly #early: Uint8Array[] = [];
  readonly #runner: Runner<LinkState, LinkEvent, LinkEffect>;
  #rxSeen = 0;
  #at: "waiting" | "live" | "over" = "waiting";
  #answered = false;

  constructor(
    clock: Clock,
    tunnel: Tunnel,
    settings: Omit<LinkSettings, "mru"> & { readonly seeds: LinkSeeds },
    events: LinkRunnerEvents,
  ) {
    const { authentication, strengths, user, password, seeds } = settings;
    this.#tunnel = tunnel;
    this.#events = events;
    this.#timers = new TimerSet(clock);
    const initial = createLink({ mru: MRU, authentication, strengths, user, password }, seeds);
    this.#runner = new Runner(link, [initial], {
      perform: (effect) => this.#perform(effect),
      failed: (error) => {
        throw error;
      },
    });
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
    this.#runner.feed({ type: "start" });
    for (const frame of this.#early.splice(0)) this.frame(frame);
  }

  /** A frame of the server. */
  frame(frame: Uint8Array): void {
    this.#answered ||= isLcpConfigureReply(frame);
    if (this.#at === "live") this.#runner.feed({ type: "frame", frame });
    else if (this.#at === "waiting" && this.#early.length < MAX_EARLY) this.#early.push(frame);
  }

  close(): void {
    if (this.#at === "live") this.#runner.feed({ type: "close" });
  }

  /** The call is gone: nothing is sent or waited for any more. */
  stop(): void {
    this.#at = "over";
    this.#runner.stop();
    this.#timers.clear();
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
    this.#runner.feed(alive ? { type: "alive" } : { type: "timer", timer });
  }
}
