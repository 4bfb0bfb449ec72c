import type { MppeDirection } from "../mppe/direction.ts";
import type { Destination } from "../policy/destinations.ts";
import type { CallId, PeerCallId } from "../wire/call-id.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import type { Millis, Octets } from "../wire/units.ts";

/**
 * The one interface between the main thread and the packets. Behind it stand worker threads
 * (`worker-data-plane.ts`) or, in simulations, the same packet loop in this thread (`local-data-plane.ts`).
 * Each tunnel belongs to one of them.
 *
 * Calls on one tunnel take effect in the order made: keys set before a frame is sent are there when its
 * answer comes.
 */
export interface DataPlane {
  /** Packet loops that run beside each other. */
  readonly loops: number;
  /**
   * Would a tunnel with this call ID belong to the first of the loops that have the fewest? Then it is a good
   * one to take.
   */
  balances(callId: CallId): boolean;
  /**
   * Resolves when GRE packets for `spec.callId` are accepted: only then may the Outgoing-Call-Reply go out.
   */
  addTunnel(spec: TunnelSpec): Promise<void>;
  /** Sends a PPP frame (address and control, protocol, information: as it stands) inside GRE. */
  sendControl(callId: CallId, frame: Uint8Array): void;
  /** Arms MPPE in both directions. Counting starts at coherency count 0 with fresh keys. */
  setKeys(callId: CallId, keys: MppeKeys): void;
  /**
   * Stateful MPPE: the next packet to the client is flushed (RFC 3078 §8.2). Without stateful MPPE: nothing.
   */
  flushEncryption(callId: CallId): void;
  /** Lets inner packets flow. Before this, data frames are dropped and counted. */
  openNetwork(callId: CallId, network: TunnelNetwork): void;
  /**
   * No inner packet passes any more until `openNetwork` comes again; the address belongs to no tunnel
   * meanwhile. MPPE keys are forgotten: they must be set anew.
   */
  closeNetwork(callId: CallId): void;
  /** Replaces the policy that `openNetwork` gave, in mid-session. */
  setTrafficPolicy(callId: CallId, policy: TrafficPolicy): void;
  /** Puts packets in order in this way from here on, also those of tunnels that are there. */
  setReorder(limits: ReorderLimits): void;
  /**
   * Takes GRE that comes to these addresses of the host, none meaning all; and to those that the clients of
   * tunnels have dialled, for as long as these last.
   */
  listenOn(addresses: readonly Ipv4[]): void;
  /** Removes the tunnel and returns its last counters; unknown IDs give zeros. */
  remove(callId: CallId): TunnelCounters;
  /** Counters as they stand, without a message to the worker; unknown IDs give zeros. */
  counters(callId: CallId): TunnelCounters;
  /** Likewise what is known of the way to and from the client. */
  link(callId: CallId): LinkFigures;
  /** Drops that belong to no tunnel, and the sums of those that do, by reason. */
  drops(): Readonly<Record<DropReason, number>>;
  /** Ends the workers, closes GRE sockets and TUN. */
  close(): Promise<void>;
}

/** What comes back. Called on the main thread, in order of arrival per tunnel. */
export interface DataPlaneEvents {
  /** A PPP frame that is not data: LCP, CHAP, CCP, IPCP and unknown protocols. */
  control(callId: CallId, frame: Uint8Array): void;
  /**
   * Stateful MPPE from the client has lost synchronisation; called once a loss, and again while it lasts (see
   * `limits.ts`).
   */
  coherencyLost(callId: CallId): void;
  /** The tunnel cannot go on, for example MPPE out of step for good. The concentrator ends the call. */
  broken(callId: CallId, reason: TunnelFault): void;
  /**
   * A worker died, or has lost its interface; no packet passes any more. The message is a sentence for the
   * operator.
   */
  crashed(error: Error): void;
}

export interface TunnelSpec {
  /** Our (PAC) call ID: the key of GRE packets that we receive. */
  readonly callId: CallId;
  /** The client's (PNS) call ID: the key of GRE packets that we send. 0 is legal. */
  readonly peerCallId: PeerCallId;
  /** GRE is accepted from this address only: the peer of the control connection. */
  readonly peerAddress: Ipv4;
  /** The address that the client dialled: the source of what we send. */
  readonly localAddress: Ipv4;
}

/** From the server's point of view. */
export interface MppeKeys {
  readonly send: MppeDirection;
  readonly receive: MppeDirection;
}

/** What one user's packets may do. */
export interface TrafficPolicy {
  /** Bits of inner IP a second from the client, and to it; undefined: unlimited. */
  readonly rateUp: number | undefined;
  readonly rateDown: number | undefined;
  /** Where the client may send to; empty: anywhere. */
  readonly destinations: readonly Destination[];
}

export const UNLIMITED: TrafficPolicy = { rateUp: undefined, rateDown: undefined, destinations: [] };

/** How GRE packets that come out of order are put in order (RFC 2637 §4.3). */
export interface ReorderLimits {
  /** Packets of one tunnel that are held at most; 0: what comes late is dropped. */
  readonly packets: number;
  /** How long one is held at most. */
  readonly delay: Millis;
}

export interface TunnelNetwork {
  /**
   * The client's inner address; inner packets from any other source are dropped and counted. "any": the peer
   * is a server, which sends from any address and gets all packets; for the end that dials.
   */
  readonly address: Ipv4 | "any";
  /** Largest inner packet we send to the client. TCP MSS is clamped to this less 40, both ways. */
  readonly mtu: Octets;
  /** May the peer take frames without FF 03, and a one-octet protocol? (what LCP agreed to) */
  readonly acfc: boolean;
  readonly pfc: boolean;
  /** True: data in clear is dropped and counted in both directions. */
  readonly encryptionRequired: boolean;
  readonly traffic: TrafficPolicy;
}

/** Seen from the concentrator: rx is from the client. Octets and packets are inner IP. */
export interface TunnelCounters {
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly txPackets: number;
  readonly txBytes: number;
  /** Inner packets of this tunnel that were dropped, all reasons. */
  readonly drops: number;
  /**
   * Milliseconds of the Unix epoch when the session was last used (`tunnel/link-activity.ts`), 0 for never.
   */
  readonly lastActivity: number;
  /** Has any GRE packet of the call come from its peer? */
  readonly heard: boolean;
  /**
   * The last address that is not the peer's from which GRE with the tunnel's call ID came, and how many
   * packets from any such. Where the kernel guards the socket it passes on the first ones of a call, and
   * counts the rest among all of `gre-wrong-peer`.
   */
  readonly elsewhere: { readonly address: Ipv4; readonly packets: number } | undefined;
}

/** The way to and from the client, since the tunnel is there. */
export interface LinkFigures {
  /** GRE packets with a number that came from the client, however often. */
  readonly arrived: number;
  /** Numbers that never came, between some that did. */
  readonly lost: number;
  /** Came after a later one, and were put in order. */
  readonly reordered: number;
  /** Came after they had been given up, and were dropped. */
  readonly late: number;
  /** Came once more, and were dropped. */
  readonly duplicates: number;
  /** From a packet to its acknowledgement, milliseconds; undefined: none was timed yet. */
  readonly roundTrip: RoundTripFigures | undefined;
  /** Packets to the client with nothing behind them for a while, and those of them never acknowledged. */
  readonly tested: number;
  readonly unacknowledged: number;
  /** Packets of this tunnel that were dropped, by reason. */
  readonly drops: readonly { readonly reason: DropReason; readonly packets: number }[];
}

export interface RoundTripFigures {
  readonly smoothed: number;
  /** The least of the last half minute to minute, at the time of the last sample. */
  readonly least: number;
  readonly samples: number;
  /** When the last one was taken, milliseconds of the Unix epoch. */
  readonly at: number;
}

export type TunnelFault = "mppe-desynchronised" | "mppe-over-budget";

export const DROP_REASONS = [
  // GRE, before a tunnel is known
  "gre-truncated",
  "gre-not-pptp", // version 0, or flags and protocol that are not enhanced GRE
  "gre-unknown-call",
  "gre-wrong-peer", // a known call ID from another address
  // GRE and PPP, per tunnel
  "gre-duplicate-or-late",
  "ppp-malformed",
  "control-flood", // more control frames than a dial can need
  "mppe-late", // coherency count behind: never reaches the cipher
  "mppe-jump", // a jump forward beyond what a link can lose
  "mppe-over-budget", // asks for more key changes than a tunnel may cost
  "mppe-garbage", // decrypts to no known protocol
  "mppe-not-ready", // encrypted data before keys
  "mppe-unsynchronised", // stateful: lost synchronisation, waits for a flushed packet
  "clear-text", // data in clear where encryption is required
  "network-not-open", // data before IPCP
  "inner-malformed",
  "inner-wrong-source", // not the session's address
  "destination-denied", // the user may not send there
  "rate-limit-up", // more from the client than the user may send
  "rate-limit-down", // more to the client than the user may receive
  "inner-too-big", // does not fit the peer, and may not be fragmented
  // TUN
  "tun-no-tunnel", // no client has that address
  "tun-not-ipv4",
  "icmp-redirect", // to a client: behind a tunnel there is no shorter route
  "tun-queue-full",
  "gre-send-failed",
  // lost by the kernel before we saw them
  "gre-overflow", // from clients: a GRE socket had no room
  "tun-overflow", // to clients: a queue of the TUN had no room
] as const;

export type DropReason = (typeof DROP_REASONS)[number];
