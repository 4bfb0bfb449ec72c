import type { Conditions } from "../../conditions/conditions.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Millis } from "../../wire/units.ts";
import { COMMON_POOL, type PoolFigures } from "./address-pools.ts";
import type { Leases } from "./leases.ts";
import { POOL_CHECK_EVERY, ROOM_AGAIN_AFTER } from "./limits.ts";
import { NearlyEmpty, type NearlyEmptyPool } from "./nearly-empty.ts";

/** What the watch needs of the server around it. */
export interface PoolWatchParts {
  readonly clock: Pick<Clock, "now" | "after">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly leases: Pick<Leases, "emptyPools" | "figures" | "full" | "max">;
  /** Told once when few addresses of a pool are left, and again only after there was room. */
  readonly nearlyEmpty: (pool: NearlyEmptyPool) => void;
}

/**
 * Says for as long as it is so that a pool has no address left for the next dial, or that there are as many
 * sessions as there may be. It checks every few seconds, not at each dial: where one client leaves and the
 * next one comes, a pool that is full is one condition and not one for each of them.
 */
export class PoolWatch {
  readonly #parts: PoolWatchParts;
  /** When each was last found without room, by pool. */
  readonly #empty = new Map<string, Millis>();
  readonly #nearlyEmpty = new NearlyEmpty();
  #fullAt: Millis | undefined;
  #cancel: () => void;

  constructor(parts: PoolWatchParts) {
    this.#parts = parts;
    this.#cancel = this.#scheduled();
  }

  /** Called by the timer, and by whoever shows the conditions, so that they are those of now. */
  check(): void {
    const { clock, conditions, leases, nearlyEmpty } = this.#parts;
    const now = clock.now();
    for (const pool of this.#nearlyEmpty.news(leases.figures())) nearlyEmpty(pool);
    for (const pool of leases.emptyPools()) {
      this.#empty.set(pool.name, now);
      conditions.raise("pool-exhausted", poolSentence(pool), pool.name);
    }
    for (const [name, at] of this.#empty) {
      if (now - at < ROOM_AGAIN_AFTER) continue;
      this.#empty.delete(name);
      conditions.clear("pool-exhausted", name);
    }
    if (leases.full) {
      this.#fullAt = now;
      conditions.raise("server-full", fullSentence(leases.max));
    } else if (this.#fullAt !== undefined && now - this.#fullAt >= ROOM_AGAIN_AFTER) {
      this.#fullAt = undefined;
      conditions.clear("server-full");
    }
  }

  /** The pools are others now, or larger: what was said of them before is over. */
  poolsChanged(): void {
    for (const name of this.#empty.keys()) this.#parts.conditions.clear("pool-exhausted", name);
    this.#empty.clear();
    if (this.#fullAt !== undefined && !this.#parts.leases.full) {
      this.#parts.conditions.clear("server-full");
      this.#fullAt = undefined;
    }
    this.check();
  }

  stop(): void {
    this.#cancel();
  }

  #scheduled(): () => void {
    return this.#parts.clock.after(POOL_CHECK_EVERY, () => {
      this.check();
      this.#cancel = this.#scheduled();
    });
  }
}

function poolSentence({ name, total, used, reserved }: PoolFigures): string {
  const key = name === COMMON_POOL ? name : `pools.${name}`;
  const kept = reserved === 0 ? "" : `, ${reserved} reserved for users who are not connected`;
  return `${key} has no address left: of ${total}, ${used} in use${kept}. Whoever dials next and has no address of their own is refused (no-address). Enlarge ${key}, or disconnect who is not needed: pacctl session list.`;
}

const fullSentence = (most: number): string =>
  `All ${most} sessions are in use, and the next dial is refused (server-full). Raise pptp.max_sessions, or disconnect who is not needed: pacctl session list.`;
