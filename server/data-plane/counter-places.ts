import { DROP_REASONS, type DropReason } from "./data-plane.ts";

/** Drops that are counted for the tunnel that they belong to: from the first to the last of these. */
const FIRST_OF_TUNNELS: DropReason = "gre-duplicate-or-late";
const LAST_OF_TUNNELS: DropReason = "inner-too-big";

/** Where a reason stands among the drops of a loop. */
export const DROP_INDEX = Object.fromEntries(DROP_REASONS.map((reason, index) => [reason, index])) as Record<
  DropReason,
  number
>;

/** The reasons of which each tunnel has a count of its own. */
export const TUNNEL_DROP_REASONS: readonly DropReason[] = DROP_REASONS.slice(
  DROP_INDEX[FIRST_OF_TUNNELS],
  DROP_INDEX[LAST_OF_TUNNELS] + 1,
);

/**
 * The places of one tunnel, each a Float64. The first eight are what every packet may write, and one cache
 * line.
 */
export const PLACE = {
  rxPackets: 0,
  rxBytes: 1,
  txPackets: 2,
  txBytes: 3,
  drops: 4,
  lastActivity: 5,
  heard: 6,
  /** The address, and above its 32 bits how many packets. */
  elsewhere: 7,
  arrived: 8,
  lost: 9,
  reordered: 10,
  late: 11,
  duplicates: 12,
  roundTrip: 13,
  leastRoundTrip: 14,
  roundTrips: 15,
  /** Milliseconds of the Unix epoch. */
  roundTripAt: 16,
  tested: 17,
  unacknowledged: 18,
} as const;

/** Less the index of a reason among all drops, where its count stands. */
export const FIRST_DROP = 19 - DROP_INDEX[FIRST_OF_TUNNELS];

/** Places of a tunnel, a multiple of eight: no two tunnels share a cache line. */
export const STRIDE = Math.ceil((19 + TUNNEL_DROP_REASONS.length) / 8) * 8;
