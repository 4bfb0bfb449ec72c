import { type Octets, octets } from "../../server/wire/units.ts";

// Limits and choices of our own: a file of any size and any content is read in memory that these bound.

/** Nanoseconds of a second, as `Moment.at` counts. */
const SECOND = 1e9;

/**
 * Octets of one packet as captured: what tcpdump and Wireshark take as the most for the networks that we
 * know.
 */
export const MAX_PACKET: Octets = octets(262_144);

/**
 * Octets of a pcapng block that is looked into: a packet and its options. A larger one is passed over unread.
 */
export const MAX_BLOCK: Octets = octets(4 * MAX_PACKET);

/** Times that a file may be packed: once, and once more by somebody who did not look. */
export const MAX_PACKINGS = 3;

/**
 * Binary logarithm of the octets that zstd looks back at most, which are kept: 64 MiB. It does so for less
 * than 8 MiB unless it was told to (--long, --ultra).
 */
export const MAX_WINDOW = 26;

/** Kinds of packets that are not read and counted each by itself: a busy network has some ten of them. */
export const MAX_UNREAD_KINDS = 256;

/** Interfaces of one file: a host has some dozen, and each costs some 200 octets. */
export const MAX_INTERFACES = 10_000;

/**
 * The beginning of a file that is held, so that it can be put in order where it is not: all of most captures
 * of dials. Octets of packets, and packets.
 */
export const HELD_OCTETS: Octets = octets(32 * 1024 * 1024);
export const HELD_PACKETS = 131_072;

/** Places where times run backwards that are kept, to be told with the calls that they are in. */
export const MAX_STEPS = 1024;

/** Times that one kind of problem is told of one file: a hostile file has one in every 20 octets. */
export const MAX_TOLD = 20;

/**
 * TCP connections kept in mind: about 1 KB each, and more than pacd's sessions. Beyond, those are forgotten
 * that were silent while half as many others were heard of.
 */
export const MAX_CONNECTIONS = 10_000;

/**
 * Octets of one direction that wait for earlier ones: a receive window without window scaling (RFC 9293
 * §3.1).
 */
export const MAX_WAITING: Octets = octets(65_535);

/**
 * Pieces of one direction, or of one datagram, that wait: 64 KiB in the smallest fragments that IPv4 hosts
 * make (576).
 */
export const MAX_PIECES = 256;

/** Octets that wait in all connections together, or in all datagrams. */
export const MAX_WAITING_IN_ALL: Octets = octets(8 * 1024 * 1024);

/** What a waiting piece costs beside its octets. */
export const PIECE_COST: Octets = octets(160);

/**
 * A segment so far from what is expected belongs to something else. The largest windows in use are of this
 * size.
 */
export const MAX_AHEAD: Octets = octets(1024 * 1024);

/**
 * Wait for octets that their receiver has acknowledged: long enough for a capture of two interfaces that is
 * out of order.
 */
export const ACKNOWLEDGED_WAIT = 1 * SECOND;

/**
 * Wait for octets that nobody acknowledged: TCP sends them again after at most this (RFC 6298 §2.4, §2.5).
 */
export const LOST_WAIT = 60 * SECOND;

/** Wait for the other fragments of a datagram: RFC 8200 §4.5 gives 60 s, hosts mostly half of that. */
export const FRAGMENT_WAIT = 30 * SECOND;

/** Carriers around one packet: tunnels in tunnels have three or four, and a mirror of a switch one more. */
export const MAX_CARRIERS = 16;

/** Datagrams of which fragments wait, the oldest given up first. */
export const MAX_DATAGRAMS = 1024;

/** How often waiting things are looked through. */
export const SWEEP_INTERVAL = SECOND / 4;

/**
 * Identical packets with the same IP identification are copies within this time: a TCP retransmission has a
 * new one.
 */
export const COPY_TIME = 1 * SECOND;

/**
 * Without an identification (zero, IPv6): less than any retransmission takes (200 ms in Linux, 300 in
 * Windows).
 */
export const COPY_TIME_WITHOUT_ID = SECOND / 10;

/** Packets of ours that are remembered for copies; a power of two. At 200,000 packets a second: 20 ms. */
export const COPY_SLOTS = 4096;

/** Texts of addresses kept, so that a packet does not make them anew. */
export const MAX_ADDRESS_TEXTS = 4096;
