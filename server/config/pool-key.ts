import { formatIpv4 } from "../wire/ipv4.ts";
import { formatRange, overlap, POOL_ENTRY, parsePoolEntry, reversedRange } from "./addresses.ts";
import type { PoolRange } from "./config-types.ts";
import { accepted, type Key, listKey, type Reader, refused, text } from "./reading.ts";

const { must, read } = text(POOL_ENTRY, parsePoolEntry);

const poolEntry: Reader<PoolRange> = {
  must,
  read(raw) {
    const meant = typeof raw === "string" ? reversedRange(raw) : undefined;
    if (meant === undefined) return read(raw);
    const says = `the range is reversed: ${formatIpv4(meant.last)} comes after ${formatIpv4(meant.first)}; did you mean "${formatRange(meant)}"?`;
    return refused("config-bad-value", says);
  },
};

/** A key whose value is a pool: one entry or more, none of which shares an address with another. */
export const poolKey = (absent: readonly string[]): Key<readonly PoolRange[]> =>
  listKey(absent, poolEntry, (ranges) => {
    for (const [index, range] of ranges.entries()) {
      const other = ranges.slice(0, index).find((earlier) => overlap(earlier, range));
      if (other === undefined) continue;
      const says = `${formatRange(range)} overlaps ${formatRange(other)}, which stands before it`;
      return refused("config-pool-overlap", says, index);
    }
    return ranges.length === 0
      ? refused("config-pool-empty", "must have at least one entry, for clients need addresses")
      : accepted(ranges);
  });
