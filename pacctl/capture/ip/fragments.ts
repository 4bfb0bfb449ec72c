import type { Moment } from "../captured.ts";
import {
  COPY_TIME_WITHOUT_ID,
  FRAGMENT_WAIT,
  MAX_DATAGRAMS,
  MAX_PIECES,
  MAX_WAITING_IN_ALL,
  PIECE_COST,
} from "../limits.ts";
import { Pieces, type Rank } from "../pieces.ts";
import { AUTHENTICATION, type IpHeader, readExtensions } from "./ip-header.ts";

/** The largest payload of an IP packet. */
const MAX_DATAGRAM = 65_535;

/** Where the payload of a datagram that was put together begins: an IPv6 header fits before it. */
const ROOM = 40;

interface Datagram {
  readonly pieces: Pieces;
  readonly since: number;
  /** Its length, once the last fragment has come. */
  length: number | undefined;
  cost: number;
}

/**
 * Fragments of IPv4 and IPv6 datagrams (RFC 791 §3.2, RFC 8200 §4.5) into whole ones. Of octets that overlap,
 * the first stand.
 */
export class Fragments {
  /** In the order of their first fragments. */
  readonly #datagrams = new Map<string, Datagram>();
  /** When datagrams were whole that may still come again from a second interface. */
  readonly #done = new Map<string, number>();
  #cost = 0;
  #abandoned = 0;

  /** Datagrams that were given up because fragments were missing. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /**
   * Takes a fragment. True: `header` now describes the whole datagram, in memory that is valid until the next
   * call. A first fragment that the capture cut is handed on at once, as a packet that was cut: the rest
   * cannot be joined to it.
   */
  add(header: IpHeader, when: Moment): boolean {
    const key = keyOf(header);
    if (header.cut) {
      this.#give(key);
      return header.fragmentOffset === 0 && whole(header);
    }
    if (when.at - (this.#done.get(key) ?? -Infinity) < COPY_TIME_WITHOUT_ID) return false;
    const start = header.fragmentOffset;
    const end = start + header.length;
    if (end > MAX_DATAGRAM || header.length === 0) return false;
    const datagram = this.#datagrams.get(key) ?? this.#open(key, when);
    const octets = header.bytes.slice(header.payload, header.end);
    const rank: Rank = header.checksum === "wrong" ? 1 : 2;
    datagram.pieces.insert({ start, end, octets, rank, when });
    if (!header.moreFragments) datagram.length ??= end;
    this.#account(datagram);
    if (isWhole(datagram)) {
      this.#forget(key, datagram);
      this.#remember(key, when.at);
      return join(datagram, header);
    }
    if (datagram.pieces.count > MAX_PIECES) this.#give(key);
    while (this.#cost > MAX_WAITING_IN_ALL) this.#give(this.#datagrams.keys().next().value!);
    return false;
  }

  /** The datagram of this fragment is none of ours: what of it was kept is left, and what follows is not. */
  leave(header: IpHeader, at: number): void {
    const key = keyOf(header);
    const datagram = this.#datagrams.get(key);
    if (datagram !== undefined) this.#forget(key, datagram);
    this.#remember(key, at);
  }

  /** Gives up datagrams that have waited too long. */
  sweep(now: number): void {
    for (const [key, { since }] of this.#datagrams) {
      if (now - since < FRAGMENT_WAIT) return;
      this.#give(key);
    }
  }

  /** Nothing more comes. */
  end(): void {
    for (const key of this.#datagrams.keys()) this.#give(key);
  }

  #open(key: string, when: Moment): Datagram {
    if (this.#datagrams.size >= MAX_DATAGRAMS) this.#give(this.#datagrams.keys().next().value!);
    const datagram: Datagram = { pieces: new Pieces(), since: when.at, length: undefined, cost: 0 };
    this.#datagrams.set(key, datagram);
    return datagram;
  }

  #remember(key: string, at: number): void {
    this.#done.delete(key);
    this.#done.set(key, at);
    if (this.#done.size > MAX_DATAGRAMS) this.#done.delete(this.#done.keys().next().value!);
  }

  #account(datagram: Datagram): void {
    const cost = datagram.pieces.held + datagram.pieces.count * PIECE_COST;
    this.#cost += cost - datagram.cost;
    datagram.cost = cost;
  }

  #give(key: string): void {
    const datagram = this.#datagrams.get(key);
    if (datagram === undefined) return;
    this.#abandoned += 1;
    this.#forget(key, datagram);
  }

  #forget(key: string, datagram: Datagram): void {
    this.#cost -= datagram.cost;
    this.#datagrams.delete(key);
  }
}

/** Source, destination and identification; protocol as well in IPv4. */
function keyOf({ bytes, addresses, addressLength, id, version, protocol }: IpHeader): string {
  const pair = Buffer.from(bytes.buffer, bytes.byteOffset + addresses, 2 * addressLength).toString("latin1");
  return `${version === 4 ? protocol : 6},${id},${pair}`;
}

function isWhole({ pieces, length }: Datagram): boolean {
  let at = 0;
  for (const { start, end } of pieces) {
    if (start !== at) return false;
    at = end;
  }
  return at === length;
}

/** The datagram that the fragments make, behind the addresses of the last one of them. */
function join({ pieces, length }: Datagram, header: IpHeader): boolean {
  const addresses = 2 * header.addressLength;
  const bytes = new Uint8Array(ROOM + length!);
  bytes.set(header.bytes.subarray(header.addresses, header.addresses + addresses));
  let { checksum } = header;
  for (const { start, octets, rank } of pieces) {
    bytes.set(octets, ROOM + start);
    if (rank === 1) checksum = "wrong";
  }
  header.bytes = bytes;
  header.addresses = 0;
  header.payload = ROOM;
  header.end = bytes.length;
  header.length = length!;
  header.checked = checksum;
  return whole(header);
}

/** No fragment any more; in IPv6, extension headers may stand before the protocol. */
function whole(header: IpHeader): boolean {
  header.fragmentOffset = 0;
  header.moreFragments = false;
  const plain = header.version === 4 && header.protocol !== AUTHENTICATION;
  return plain || readExtensions(header, header.protocol);
}
