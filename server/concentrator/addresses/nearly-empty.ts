import type { PoolFigures } from "./address-pools.ts";
import { NEARLY_EMPTY } from "./limits.ts";

/** A pool in which few addresses are left. */
export interface NearlyEmptyPool {
  /** "tunnel.pool", or the name under [pools]. */
  readonly pool: string;
  readonly free: number;
  /** Those that belong to no user: what `free` is a part of. */
  readonly total: number;
  /** It is told where no more than so many are free. */
  readonly threshold: number;
}

/**
 * Says once of a pool that few of its addresses are left, and again only after there was room: where clients
 * come and go around the threshold, each of them is not news.
 */
export class NearlyEmpty {
  readonly #said = new Set<string>();

  /** Those of which it has to be said now. */
  news(pools: readonly PoolFigures[]): readonly NearlyEmptyPool[] {
    for (const name of this.#said) if (!pools.some((pool) => pool.name === name)) this.#said.delete(name);
    return pools.flatMap(({ name: pool, total: all, free, reserved }) => {
      const total = all - reserved;
      const threshold = Math.max(1, Math.floor(total * NEARLY_EMPTY));
      if (free > 2 * threshold || total === 0) this.#said.delete(pool);
      // Of a pool with two addresses or three it would be said all day.
      if (free > threshold || 2 * threshold >= total || this.#said.has(pool)) return [];
      this.#said.add(pool);
      return [{ pool, free, total, threshold }];
    });
  }
}
