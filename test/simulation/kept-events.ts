import type { World } from "./world.ts";

/** Events beside those that the world has made. */
export function keptEvents({ store: { events } }: World) {
  let id = 1000;
  return {
    /** So many, a hundred in a transaction; returns the number. */
    async publish(count: number, at = "2030-01-01T00:00:00.000Z"): Promise<number> {
      for (let event = 1; event <= count; event++) {
        events.add({
          id: ++id,
          at,
          type: "pool-nearly-empty",
          data: { pool: "guests", free: 1, total: 9, threshold: 1 },
        });
        if (event % 100 === 0) await events.settled();
      }
      await events.settled();
      return count;
    },
    /** How many are on record, those of the world aside. */
    kept: async (): Promise<number> => (await events.read({ after: 1000, limit: 1_000_000 })).length,
  };
}
