import type { HostView } from "./concentrator/concentrator-types.ts";
import type { Conditions } from "./conditions/conditions.ts";
import type { Config } from "./config/config-types.ts";
import { ForwardPart, forwardSettings } from "./host/firewall/forward-part.ts";
import { HostWatch } from "./host/host-watch.ts";
import { forwardOn } from "./host/switch-parts.ts";
import { watchedParts } from "./host/watched-parts.ts";
import { type Nat, natNow, setUpNat, tearDownNat } from "./nat.ts";
import { watchOverlap } from "./overlap-watch.ts";
import type { ClientRoutes } from "./platform/client-routes.ts";
import type { Clock } from "./platform/clock.ts";
import { readFewHostNetworks } from "./platform/host-networks.ts";
import type { Logger } from "./platform/log.ts";

/** What the host's side needs of the process around it. */
export interface HostSideParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly routes: ClientRoutes;
  /** Hears that the tunnel's interface is no longer there. */
  readonly gone: () => void;
}

/**
 * What pacd puts on the host beside its interface, and watches there: masquerading, forwarding, accept rules,
 * and whether anything overlaps the pools.
 */
export class HostSide {
  /** For the concentrator, also before `open`. */
  readonly view: HostView = {
    nat: () => (this.#nat === undefined ? "off" : natNow(this.#nat)),
    repairs: () => this.#watch?.repairs() ?? {},
    refresh: () => this.#watch?.refresh(),
  };
  readonly #parts: HostSideParts;
  #begun = false;
  #nat: Nat | undefined;
  #forward: ForwardPart | undefined;
  #watch: HostWatch | undefined;
  #stopOverlap: () => void = () => {};

  constructor(parts: HostSideParts) {
    this.#parts = parts;
  }

  /**
   * Sets everything up and begins to watch it; the interface is there. Returns sentences for the operator.
   * Throws as `setUpNat` does; `close` undoes what was done.
   */
  async open(): Promise<{ readonly nat: Nat["state"]; readonly notes: readonly string[] }> {
    const { config, routes, gone, ...around } = this.#parts;
    // The table has the interface's name, so it is ours from here on.
    this.#begun = true;
    this.#nat = await setUpNat(config);
    if (this.#nat.state === "on") forwardOn(config.tunnel.interface);
    this.#forward = new ForwardPart(forwardSettings(config), around.clock);
    await this.#forward.read();
    const notes = [...this.#nat.notes, ...this.#forward.notes()];
    const parts = watchedParts(config, routes, this.#nat.masquerade, this.#forward, gone);
    this.#watch = new HostWatch({ parts, ...around });
    this.#watch.begin();
    this.#stopOverlap = watchOverlap({ config, ...around, read: readFewHostNetworks });
    return { nat: this.#nat.state, notes };
  }

  /** Nothing is watched or put back any more. */
  async stopWatching(): Promise<void> {
    await this.#watch?.stop();
    this.#stopOverlap();
    await this.#forward?.close();
  }

  /** Removes masquerading, when nobody is connected any more. Harmless where nothing was set up. */
  async close(): Promise<void> {
    if (this.#begun) await tearDownNat(this.#parts.config);
  }
}
