import { type Millis, millis, seconds } from "../../wire/units.ts";

// All ours, not the RFCs'.

/** Wait for the client to speak first: Windows loses an LCP request that comes before it listens. */
export const FIRST_FRAME: Millis = millis(300);

/** Time for CCP. Clients agree within one round trip or two, or never. */
export const CCP_DEADLINE: Millis = seconds(15);

/** How much longer the client's own Restart timer of 3 s is waited for; see `lost-packets.ts`. */
export const CCP_PATIENCE: Millis = millis(2500);

/**
 * Time for the CCP of a client that may go without, asks for its address and says nothing in CCP. Our
 * requests of second 0 and second 1 have then met no answer: it has no CCP.
 */
export const CCP_SILENCE: Millis = seconds(3);

/** Time for IPCP. */
export const IPCP_DEADLINE: Millis = seconds(15);

/**
 * Wait for a Terminate-Ack, twice (Max-Terminate). Shorter than the 3 s of RFC 1661 §4.6: GRE round trips are
 * far below, and an administrator waits for this.
 */
export const TERMINATE_WAIT: Millis = seconds(1);

/** Protocol-Rejects a link sends; after so many a peer has had its answer. */
export const MAX_PROTOCOL_REJECTS = 16;
