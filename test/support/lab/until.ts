import { setTimeout as sleep } from "node:timers/promises";

/** Looks again and again until something is there; throws when it takes longer than `limit` milliseconds. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  limit = 10_000,
): Promise<T> {
  const end = performance.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited ${limit} ms in vain for ${what}`);
    await sleep(20);
  }
}
