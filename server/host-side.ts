import type { HostView } from "./concentrator/concentrator-types.ts";
import type { Conditions } from "./conditions/conditions.ts";
import type { Config } from "./config/config-types.ts";
import { poolNetworks } from "./config/networks.ts";
import { ForwardPart, forwardSettings } from "./host/firewall/forward-part.ts";
import type { HostPartName } from "./host/host-part.ts";
import { HostWatch } from "./host/host-watch.ts";
import { forwardOn } from "./host/switch-parts.ts";
import { watchedParts } from "./host/watched-parts.ts";
import { changeInterface } from "./interface-change.ts";
import { type Nat, natNow, setUpNat, tearDownNat, tryNat } from "./nat.ts";
import { allowedClashes } from "./network-clashes.ts";
import { watchOverlap } from "./overlap-watch.ts";
import type { ClientRoutes } from "./platform/client-routes.ts";
import type { Clock } from "./platform/clock.ts";
import { readFewHostNetworks, readHostNetworks } from "./platform/host-networks.ts";
import type { Logger } from "./platform/log.ts";
import type { Applied, LivePart } from "./reload/live-part.ts";
import { formatNetwork } from "./wire/ipv4-network.ts";

/** What the host's side needs of the process around it. */
export interface HostSideParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly routes: ClientRoutes;
  /** Told of each part that was put right. */
  readonly repaired: (part: HostPartName, subject: string, seen: string) => void;
  /** Hears that the tunnel's interface is no longer there. */
  readonly gone: () => void;
}

/** What stands on the host for one configuration. */
interface Standing {
  readonly nat: Nat;
  readonly forward: ForwardPart;
}

/**
 * What pacd puts on the host and watches there: address, MTU and routes of its interface, masquerading,
 * forwarding, accept rules, and whether anything overlaps the pools.
 */
export class HostSide implements LivePart {
  readonly name = "host";
  readonly keys = [
    "tunnel.local_address",
    "tunnel.pool",
    "tunnel.allow_overlap",
    "tunnel.mtu",
    "nat.mode",
    "nat.accept_forward",
    "pools",
  ] as const;
  /** For the concentrator, also before `open`. */
  readonly view: HostView = {
    nat: () => (this.#standing === undefined ? "off" : natNow(this.#standing.nat)),
    repairs: () => this.#watch?.repairs() ?? {},
    refresh: () => this.#watch?.refresh(),
  };
  readonly #parts: HostSideParts;
  #config: Config;
  #begun = false;
  #standing: Standing | undefined;
  #watch: HostWatch | undefined;
  #stopOverlap: () => void = () => {};

  constructor(parts: HostSideParts) {
    this.#parts = parts;
    this.#config = parts.config;
  }

  /**
   * Sets everything up and begins to watch it; the interface is there. Returns sentences for the operator.
   * Throws as `setUpNat` does; `close` undoes what was done.
   */
  async open(): Promise<{ readonly nat: Nat["state"]; readonly notes: readonly string[] }> {
    // The table has the interface's name, so it is ours from here on.
    this.#begun = true;
    const standing = await this.#setUp(this.#config);
    this.#standing = standing;
    this.#watch = new HostWatch({ ...this.#parts, parts: this.#watched(this.#config, standing) });
    this.#watch.begin();
    this.#watchOverlap(this.#config);
    return { nat: standing.nat.state, notes: [...standing.nat.notes, ...standing.forward.notes()] };
  }

  /** Nothing is watched or put back any more. */
  async stopWatching(): Promise<void> {
    await this.#watch?.stop();
    this.#stopOverlap();
    await this.#standing?.forward.close();
  }

  /** Removes masquerading, when nobody is connected any more. Harmless where nothing was set up. */
  async close(): Promise<void> {
    if (this.#begun) await tearDownNat(this.#config);
  }

  /** Throws pool-overlaps-host, host-no-nft, host-nat-refused, host-no-forwarding. */
  async check(next: Config): Promise<void> {
    allowedClashes(next, readHostNetworks);
    await tryNat(next);
  }

  /** As `check`, and interface-refused. */
  async apply(next: Config, now: Config): Promise<Applied> {
    const { nat: before } = this.#standing!;
    const linked = changeInterface(next, now, this.#parts.routes);
    try {
      await this.#goOver(next, now, before);
    } catch (error) {
      linked.undo();
      throw error;
    }
    const { nat, forward } = this.#standing!;
    return {
      notes: [...(nat === before ? [] : nat.notes), ...forward.notes()],
      undo: async () => {
        linked.undo();
        await this.#goOver(now, next, nat);
      },
      finish: () => linked.finish(),
    };
  }

  /** Masquerading and what is watched, from one configuration to the other; or nothing, where it throws. */
  async #goOver(next: Config, now: Config, nat: Nat): Promise<void> {
    await this.#watch?.change(async () => {
      try {
        this.#standing = await this.#setUp(next, sameNat(next, now) ? nat : undefined);
      } catch (error) {
        if (!sameNat(next, now)) await setUpNat(now);
        throw error;
      }
      return this.#watched(next, this.#standing);
    });
    this.#config = next;
    this.#watchOverlap(next);
  }

  /** `nat`: what stands already and stays. */
  async #setUp(config: Config, nat?: Nat): Promise<Standing> {
    const set = nat ?? (await setUpNat(config));
    if (nat === undefined && set.state === "on") forwardOn(config.tunnel.interface);
    const forward = new ForwardPart(forwardSettings(config), this.#parts.clock);
    await forward.read();
    return { nat: set, forward };
  }

  #watched(config: Config, { nat, forward }: Standing) {
    const { routes, gone } = this.#parts;
    return watchedParts(config, routes, nat.masquerade, forward, gone);
  }

  /** What was found of other pools is over. */
  #watchOverlap(config: Config): void {
    this.#stopOverlap();
    this.#parts.conditions.clear("pool-overlaps-host");
    this.#stopOverlap = watchOverlap({ ...this.#parts, config, read: readFewHostNetworks });
  }
}

/** Is the table the same one? */
const sameNat = (a: Config, b: Config): boolean => {
  const networks = (config: Config) => poolNetworks(config).map(formatNetwork).join();
  return a.nat.mode === b.nat.mode && networks(a) === networks(b);
};
