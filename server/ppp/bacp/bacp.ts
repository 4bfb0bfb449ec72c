import type { Options } from "../negotiation/protocol.ts";
import { refused } from "../negotiation/refused-option.ts";
import { u32 } from "../negotiation/value-codec.ts";

/**
 * Bandwidth Allocation Control Protocol (RFC 2125 §4), which Windows speaks where multilink is on: for traces
 * alone. The Favored-Peer is the side with the lower Magic-Number.
 */
export const bacp: Options<unknown> = { options: [refused(1, "favored-peer", u32())] };
