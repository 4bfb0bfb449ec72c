import type { CallId, PeerCallId } from "../../wire/call-id.ts";
import type { ControlEffect } from "./machine-types.ts";

/**
 * The PAC's side of one control connection (RFC 2637 §3.1.2): each state carries what it alone knows.
 * "closed" is the end of it; the RFC, whose machine outlives its TCP connections, has idle there.
 */
export type Control = Idle | Established | WaitStopReply | Closed;

/** TCP is open; a Start-Request must come. */
export interface Idle {
  readonly at: "idle";
  readonly identity: Identity;
}

export interface Established {
  readonly at: "established";
  /** Calls that are being placed, are up, or are abandoned; oldest first. */
  readonly calls: readonly Call[];
  /** "awaiting-echo": silence is over, our Echo-Request is out and nothing but its answer ends the wait. */
  readonly keepalive: "quiet" | "awaiting-echo";
  /** Identifier of the next Echo-Request. */
  readonly nextEcho: number;
  /** Token of the next call to be placed: never used twice, so a late answer finds no other call. */
  readonly nextToken: number;
}

/** Our Stop-Request is out; all calls are gone. */
export interface WaitStopReply {
  readonly at: "wait-stop-reply";
}

export interface Closed {
  readonly at: "closed";
}

/** A call of the client (RFC 2637 §3.2.4.1): "placing" is the RFC's wait_cs_ans, "up" its established. */
export type Call = PlacingCall | UpCall | AbandonedCall;

export interface PlacingCall {
  readonly at: "placing";
  readonly token: number;
  /** The client's (PNS) call ID. */
  readonly peerCallId: PeerCallId;
  /** From the request, bits a second. */
  readonly maximumBps: number;
}

export interface UpCall {
  readonly at: "up";
  /** The client's (PNS) call ID. */
  readonly peerCallId: PeerCallId;
  /** Our (PAC) call ID. */
  readonly callId: CallId;
}

/**
 * Cleared by the client while a place was looked for; gone when the answer comes. It counts until then, or a
 * client that dials and clears in one burst would have calls placed without end.
 */
export interface AbandonedCall {
  readonly at: "abandoned";
  readonly token: number;
}

/** How we introduce ourselves. */
export interface Identity {
  /** Host Name and Vendor Name, at most 64 octets. */
  readonly name: string;
  /** 16 bits. */
  readonly firmwareRevision: number;
}

/** A new state and what the runner must do, in this order. */
export type Next = readonly [Control, ...ControlEffect[]];
