import { AppError } from "../../server/errors/app-error.ts";

/** Refuses a pool that the configuration does not have: pool-unknown. */
export function checkPool(pool: string, pools: readonly string[]): void {
  if (pools.includes(pool)) return;
  const known =
    pools.length === 0
      ? "the configuration names none under [pools]"
      : `the configuration has ${pools.map((name) => JSON.stringify(name)).join(", ")}`;
  throw new AppError("pool-unknown", `There is no pool ${JSON.stringify(pool)}; ${known}.`, {
    field: "pool",
  });
}
