import { type Octets, octets } from "../../server/wire/units.ts";

/** Ours: what we ask to be sent at most, and send at most: fits Ethernet with all that stands around it. */
export const MRU: Octets = octets(1400);
