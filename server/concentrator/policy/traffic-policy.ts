import type { TrafficPolicy } from "../../data-plane/data-plane.ts";
import { parseDestination } from "../../policy/destinations.ts";
import type { UserPolicy } from "../../policy/user-policy.ts";

/**
 * What the data plane shall know of a user. A destination that cannot be read throws: it was written outside
 * pacd.
 */
export function trafficPolicy({ rateUp, rateDown, allowedDestinations }: UserPolicy): TrafficPolicy {
  const destinations = allowedDestinations.map((text) => {
    const parsed = parseDestination(text);
    if (!parsed.ok) throw new Error(`an allowed destination in the store cannot be read: ${parsed.says}`);
    return parsed.value;
  });
  return { rateUp: rateUp ?? undefined, rateDown: rateDown ?? undefined, destinations };
}
