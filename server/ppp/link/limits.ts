import { type Millis, millis, seconds } from "../../wire/units.ts";

// All ours, not the RFCs'.

/** Wait for the client to speak first: Windows loses an LCP request that comes before it listens. */
export const FIRST_FRAME: Millis = millis(300);

/** Time for CCP. Clients agree within one round trip or two, or never. */
export const CCP_DEADLINE: Millis = seconds(15);

/**
 * How much longer its Ack is waited for, until the client's own Restart timer of 3 s has run out; see
 * `onCcpRestart`.
 */
export const CCP_ACK_WAIT: Millis = millis(2500);

/**
 * Time for the CCP of a client that may go without, asks for its address and says nothing in CCP. Our
 * requests of second 0 and second 1 have then met no answer: it has no CCP.
 */
export const CCP_SILENCE: Millis = seconds(3);

/** Time for IPCP. */
export const IPCP_DEADLINE: Millis = seconds(15);
