/**
 * What a capture holds, as `CaptureReader` tells it: one `Captured` after the other, in the order of the
 * file. Types only.
 */

import type { Endpoint, Moment, Side, TcpConnection } from "./moment.ts";
import type { CaptureOrder } from "./order/capture-order.ts";
import type { ProblemCode } from "./problems.ts";
import type { UnreadCount } from "./unread.ts";

export type { Endpoint, IpFields, Moment, PacketHeaders, Side, TcpConnection, TcpFields } from "./moment.ts";

interface OfConnection {
  readonly when: Moment;
  readonly connection: TcpConnection;
}

interface OfSide extends OfConnection {
  /** Who sent it. */
  readonly from: Side;
}

/** The first packet of a connection; what the packet itself says follows as an event of its own. */
export interface TcpSeen extends OfConnection {
  readonly kind: "tcp-seen";
}

/** The client's SYN, or the server's SYN+ACK. */
export interface TcpSyn extends OfSide {
  readonly kind: "tcp-syn";
  /** Initial sequence number (RFC 9293 §3.4.1). */
  readonly sequence: number;
  /** It was sent before: nobody answered, or the answer was lost. */
  readonly again: boolean;
}

/** The client acknowledged the SYN+ACK. Once a connection; never for one that was seen in mid-stream. */
export interface TcpEstablished extends OfConnection {
  readonly kind: "tcp-established";
}

/**
 * The next octets of one direction. Each octet comes once and in order. `when` is the segment that brought
 * them: where an earlier segment was waited for, it is older than the events before this one.
 */
export interface TcpOctets extends OfSide {
  readonly kind: "tcp-octets";
  /**
   * Of the first octet, from the start of the stream; in mid-stream, from the first octet that was captured.
   */
  readonly offset: number;
  /** A view that is valid during the call only: copy what outlives it. Never empty. */
  readonly octets: Uint8Array;
  /** The TCP checksum is wrong, and no better copy came. */
  readonly damaged: boolean;
}

/**
 * Octets that were sent and will never be read; the next `tcp-octets` begins behind them. `when` is the
 * segment behind them, or the acknowledgement where there is none.
 */
export interface TcpHole extends OfSide {
  readonly kind: "tcp-hole";
  readonly offset: number;
  /** How many octets. */
  readonly length: number;
  /**
   * cut: the capture kept only the beginning of the segment (snap length). missed: the receiver acknowledged
   * them, so only the capture lacks them. lost: nobody was seen to acknowledge them.
   */
  readonly why: "cut" | "missed" | "lost";
}

/**
 * A segment that brings octets which a segment before it brought already. Copies on a second interface are
 * none.
 */
export interface TcpRetransmission extends OfSide {
  readonly kind: "tcp-retransmission";
  readonly offset: number;
  readonly length: number;
}

/** The sender has no more octets; told once a direction, after its last octet. */
export interface TcpFin extends OfSide {
  readonly kind: "tcp-fin";
}

/** RST. Before `tcp-established` and from the server: the connection is refused. */
export interface TcpReset extends OfSide {
  readonly kind: "tcp-reset";
}

/**
 * A segment, once everything else that it says has been told; only where `CaptureOptions.segments` asks for
 * it. Copies on a second interface and segments that belong nowhere are told like this alone.
 */
export interface TcpSegment extends OfSide {
  readonly kind: "tcp-segment";
  /** Octets of the stream that it carries. */
  readonly length: number;
  readonly flags: number;
  readonly window: number;
  /** So many octets have arrived at its sender; undefined without ACK, or where it is not known. */
  readonly acknowledged: number | undefined;
  /**
   * keep-alive: an octet that has long been acknowledged, or none at its place. stray: it fits nowhere in the
   * connection. damaged: its checksum is wrong.
   */
  readonly what: "in-place" | "keep-alive" | "stray" | "damaged";
  /** Frame of an identical packet shortly before. */
  readonly copyOf: number | undefined;
}

/** There are more connections than are kept in mind; of this one nothing more is told under its number. */
export interface TcpForgotten extends OfConnection {
  readonly kind: "tcp-forgotten";
}

/** A packet of IP protocol 47, whatever version and protocol type its GRE header has. */
export interface GrePacket {
  readonly kind: "gre";
  readonly when: Moment;
  readonly source: string;
  readonly destination: string;
  /** From the GRE header on, without padding. A view that is valid during the call only. */
  readonly octets: Uint8Array;
  /**
   * Octets of the whole packet from the GRE header on, as IP gives it: more than `octets` where it was cut.
   */
  readonly length: number;
  /** The capture kept only its beginning: snap length, or a fragment was cut. */
  readonly cut: boolean;
  /**
   * Checksum of the outer IPv4 header. none: zero, as a sending host with offload shows it, or IPv6, which
   * has none. wrong also where radio reception is marked as bad (FCS).
   */
  readonly checksum: "right" | "wrong" | "none";
  /** Frame of an identical packet shortly before, mostly on another interface. */
  readonly copyOf: number | undefined;
}

/** An ICMP or ICMPv6 error that quotes GRE or a packet of a watched TCP port. */
export interface IcmpError {
  readonly kind: "icmp";
  readonly when: Moment;
  /** Who complains, and to whom. */
  readonly source: string;
  readonly destination: string;
  readonly version: 4 | 6;
  readonly type: number;
  readonly code: number;
  /** The MTU of the next hop, where the error carries one: ICMP type 3 code 4, ICMPv6 type 2. */
  readonly mtu: number | undefined;
  readonly copyOf: number | undefined;
  readonly about: QuotedPacket;
}

/** The packet that an ICMP error is about. */
export type QuotedPacket =
  /** The capture cut the error before that shows. */
  | { readonly protocol: "cut" }
  | { readonly protocol: "tcp"; readonly source: Endpoint; readonly destination: Endpoint }
  | {
      readonly protocol: "gre";
      readonly source: string;
      readonly destination: string;
      /**
       * The quoted octets from the GRE header on, 8 at least in most cases, perhaps none. Valid during the
       * call only.
       */
      readonly octets: Uint8Array;
    };

/**
 * The capture has come this far, whatever the packet was: told four times a second of the capture at most,
 * and at its end.
 */
export interface TimePassed {
  readonly kind: "time";
  readonly when: Moment;
}

/** Something about the file is not right. What was read before stands. */
export interface Problem {
  readonly kind: "problem";
  readonly code: ProblemCode;
  /** Octets from the start of the file to the header of the record or block that is meant. */
  readonly offset: number;
  /** Packets read before. */
  readonly frames: number;
  /** Nothing behind it can be read. */
  readonly ended: boolean;
  /** Figures that go with it, such as "link type 147"; may be empty. */
  readonly detail: string;
}

export type Captured =
  | TcpSeen
  | TcpSyn
  | TcpEstablished
  | TcpOctets
  | TcpHole
  | TcpRetransmission
  | TcpFin
  | TcpReset
  | TcpSegment
  | TcpForgotten
  | GrePacket
  | IcmpError
  | TimePassed
  | Problem;

/** Takes what was read, while it is read. What it throws comes out of `push`. */
export type CaptureSink = (captured: Captured) => void;

/** What a packet was. Each is counted once (each packet of an aggregated 802.11 frame). */
export const PACKET_KINDS = [
  "gre",
  "control", // TCP, a watched port
  "icmp", // an error about one of these two
  "other-tcp",
  "udp",
  "other-icmp",
  "other-ip", // another protocol over IP
  "fragment", // a piece of a datagram that it did not complete; what it completed counts as what it is
  "arp",
  "other-link", // neither IP nor ARP: spanning tree, LLDP, PPPoE discovery…
  "wifi-management", // 802.11 without data
  "wifi-encrypted", // 802.11 data that only the radio's own keys open
  "malformed", // a header that contradicts itself or is cut off
  "unknown-link", // an interface of a link type that is not known
] as const;

export type PacketKind = (typeof PACKET_KINDS)[number];

/** What was noticed about packets that are counted above. */
export const NOTES = [
  "cut", // of ours, not captured whole
  "carried", // of ours, inside other packets: a tunnel, or the mirror of a switch
  "copies", // of ours, identical to a packet shortly before
  "damaged", // of ours, a checksum was wrong
  "incomplete-datagrams", // fragments whose others never came
  "stray-segments", // TCP segments far outside their stream
] as const;

export type Note = (typeof NOTES)[number];

export interface CaptureInterface {
  /** LINKTYPE_ value, as registered for pcap. */
  readonly linkType: number;
  /** Its name where the file tells it, in printable characters. */
  readonly name: string | undefined;
}

export interface CaptureSummary {
  readonly order: CaptureOrder;
  /** Undefined while the first octets are awaited, or when they are of neither. */
  readonly format: "pcap" | "pcapng" | undefined;
  /** Time of the first packet that has one, in nanoseconds of the Unix epoch. */
  readonly startedAt: bigint | undefined;
  /** Nothing behind some place could be read. */
  readonly broken: boolean;
  /** Packets read. */
  readonly frames: number;
  /** Octets read: all that were pushed, or those before the problem that ended the reading. */
  readonly octets: number;
  readonly interfaces: readonly CaptureInterface[];
  readonly packets: Readonly<Record<PacketKind, number>>;
  readonly notes: Readonly<Record<Note, number>>;
  /** What may have packets inside that were not read, the most frequent first. */
  readonly unread: readonly UnreadCount[];
}

export interface CaptureOptions {
  /** TCP ports that are watched; PPTP's 1723 where none are given. */
  readonly ports?: readonly number[];
  /** Tell of each packet at once: nothing may be held to put a file in order. */
  readonly live?: boolean;
  /** Name of the file: some formats of others are known by it alone. */
  readonly name?: string;
  /** Give each moment the headers of its packet. */
  readonly headers?: boolean;
  /** Tell each TCP segment of a watched port, acknowledgements and copies included. */
  readonly segments?: boolean;
}

/** The same with its ports. */
export type Watched = CaptureOptions & Required<Pick<CaptureOptions, "ports">>;
