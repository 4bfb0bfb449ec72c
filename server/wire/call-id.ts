/**
 * The two IDs of a PPTP call, as branded numbers: each end assigns one, and it is the key of the GRE packets
 * that go to that end (RFC 2637 §4.1). To swap them is the classic mistake, and does not compile.
 */
declare const assignedBy: unique symbol;

/**
 * Assigned by the PAC, which pacd is: in its Outgoing-Call-Reply (RFC 2637 §2.8). 1 to 65535, or 0 for none.
 */
export type CallId = number & { readonly [assignedBy]: "pac" };

/** Assigned by its peer, the PNS, a VPN client: in its Outgoing-Call-Request (RFC 2637 §2.7). 0 is legal. */
export type PeerCallId = number & { readonly [assignedBy]: "pns" };

/** `n` as an ID that the PAC assigned. */
export const toCallId = (n: number): CallId => n as CallId;

/** `n` as an ID that the PNS assigned. */
export const toPeerCallId = (n: number): PeerCallId => n as PeerCallId;

/**
 * The IDs of a call as one of its ends needs them: what it receives has `callId` for a key, what it sends the
 * other.
 */
export interface TunnelKeys {
  readonly callId: CallId;
  readonly peerCallId: PeerCallId;
}

/**
 * The keys of the tunnel at the end of the PNS. There the two change places: what it receives has the ID that
 * it assigned itself.
 */
export const keysOfPns = (own: PeerCallId, server: CallId): TunnelKeys => ({
  callId: toCallId(own),
  peerCallId: toPeerCallId(server),
});
