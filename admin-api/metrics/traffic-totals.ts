import type { PacdEvent } from "../../server/events/register.ts";

/** What was carried, by inner IP octets and packets. */
export interface Traffic {
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

/** By what it is summed up. "" stands for none. */
export type By = "all" | "pool" | "group" | "user";

interface Live {
  readonly keys: Readonly<Record<By, string>>;
  /** As they were last seen: what has ended and is not told yet keeps what it had. */
  seen: Traffic;
}

const NONE: Traffic = { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 };

/**
 * What all sessions since the start have carried, those that ended included: no total ever goes down. A
 * session counts for the pool, the group and the name that it began with.
 */
export class TrafficTotals {
  readonly #sessions: () => readonly (Traffic & { readonly id: string })[];
  readonly #live = new Map<string, Live>();
  readonly #ended: Record<By, Map<string, Traffic>> = {
    all: new Map(),
    pool: new Map(),
    group: new Map(),
    user: new Map(),
  };
  #peak = 0;

  /** `sessions`: those that are up, with their counters of now. */
  constructor(sessions: () => readonly (Traffic & { readonly id: string })[]) {
    this.#sessions = sessions;
  }

  /** Most sessions at once since the start. */
  get peak(): number {
    return this.#peak;
  }

  happened(event: PacdEvent): void {
    if (event.type === "session-up") {
      const { session, pool, group, user } = event.data;
      this.#live.set(session, { keys: { all: "", pool: pool ?? "", group: group ?? "", user }, seen: NONE });
      this.#peak = Math.max(this.#peak, this.#live.size);
    } else if (event.type === "session-down") {
      const live = this.#live.get(event.data.session);
      if (live === undefined) return;
      this.#live.delete(event.data.session);
      for (const by of Object.keys(this.#ended) as By[]) add(this.#ended[by], live.keys[by], event.data);
    }
  }

  totals(by: By): ReadonlyMap<string, Traffic> {
    for (const session of this.#sessions()) {
      const live = this.#live.get(session.id);
      if (live !== undefined) live.seen = session;
    }
    const sums = new Map(this.#ended[by]);
    for (const { keys, seen } of this.#live.values()) add(sums, keys[by], seen);
    return sums;
  }
}

function add(sums: Map<string, Traffic>, key: string, more: Traffic): void {
  const sum = sums.get(key) ?? NONE;
  sums.set(key, {
    rxBytes: sum.rxBytes + more.rxBytes,
    txBytes: sum.txBytes + more.txBytes,
    rxPackets: sum.rxPackets + more.rxPackets,
    txPackets: sum.txPackets + more.txPackets,
  });
}
