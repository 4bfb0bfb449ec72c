import type { ReorderLimits } from "../../../server/data-plane/data-plane.ts";
import { millis, type Octets, octets } from "../../../server/wire/units.ts";

/** Ours: what we ask to be sent at most, and send at most: fits Ethernet with all that stands around it. */
export const MRU: Octets = octets(1400);

/** Ours: how GRE packets that overtake each other are put in order; what pacd has where nothing is set. */
export const REORDER: ReorderLimits = { packets: 32, delay: millis(50) };
