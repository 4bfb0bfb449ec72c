/** Tasks that are begun at a rate, until told to stop. */
export interface Pace {
  /** No task is begun any more; resolves with how many there were, when those under way are over. */
  stop(): Promise<Begun>;
}

export interface Begun {
  readonly begun: number;
  /** That would have been due, had not too many been under way already. */
  readonly skipped: number;
  readonly seconds: number;
}

/**
 * Ours: tasks under way at once. More would only tell that the other side is too slow, which is known by
 * then.
 */
const MOST = 64;

/** Milliseconds between looks at what is due. */
const LOOK = 2;

/** Begins `task` so often a second, whether the ones before have ended or not. */
export function pace(perSecond: number, task: () => Promise<void>): Pace {
  const start = performance.now();
  const underWay = new Set<Promise<void>>();
  let [begun, skipped] = [0, 0];
  const timer = setInterval(() => {
    for (const due = ((performance.now() - start) / 1000) * perSecond; begun + skipped < due; ) {
      if (underWay.size >= MOST) skipped += 1;
      else begin();
    }
  }, LOOK);
  function begin(): void {
    begun += 1;
    const one: Promise<void> = task().finally(() => underWay.delete(one));
    underWay.add(one);
  }
  return {
    async stop() {
      clearInterval(timer);
      const seconds = (performance.now() - start) / 1000;
      await Promise.all(underWay);
      return { begun, skipped, seconds };
    },
  };
}
