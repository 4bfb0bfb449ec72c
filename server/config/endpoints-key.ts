import { EVERYWHERE, formatEndpoint, parseEndpoint, sameSocket } from "./addresses.ts";
import type { Endpoint } from "./config-types.ts";
import { accepted, type Key, listKey, type Reading, refused, shown, text } from "./reading.ts";

/** Ours: addresses to listen on. The filter of the GRE sockets compares each packet with every one. */
const MOST = 16;

const endpoint = text("an IPv4 address and port, such as 0.0.0.0:1723", parseEndpoint);

/**
 * A key whose value is where to listen: one address and port, or an array of them, none of which takes in
 * another.
 */
export function endpointsKey(absent: string): Key<readonly Endpoint[]> {
  const several = listKey([], endpoint, judge);
  const must = `${endpoint.must}, or an array of such`;
  return {
    absent,
    must,
    read(raw) {
      if (Array.isArray(raw)) return several.read(raw);
      if (typeof raw !== "string") return refused("config-wrong-type", `must be ${must}, got ${shown(raw)}`);
      const one = endpoint.read(raw);
      return one.ok ? accepted([one.value]) : one;
    },
  };
}

function judge(endpoints: readonly Endpoint[]): Reading<readonly Endpoint[]> {
  if (endpoints.length === 0) return refused("config-bad-value", "must have at least one element");
  if (endpoints.length > MOST)
    return refused("config-bad-value", `must have ${MOST} addresses at most, has ${endpoints.length}`);
  for (const [index, one] of endpoints.entries()) {
    const other = endpoints.slice(0, index).find((earlier) => sameSocket(earlier, one));
    if (other === undefined) continue;
    if (other.host === one.host)
      return refused("config-bad-value", `${formatEndpoint(one)} stands there twice`, index);
    const [all, part] = one.host === EVERYWHERE ? [one, other] : [other, one];
    const says = `${formatEndpoint(all)} is every address with that port, ${formatEndpoint(part)} too: leave one of them out`;
    return refused("config-bad-value", says, index);
  }
  return accepted(endpoints);
}
