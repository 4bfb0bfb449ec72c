import type { CaptureSink, Endpoint, Moment, Note, PacketKind, QuotedPacket, Watched } from "./captured.ts";
import type { Carrier } from "./carriers/carrier.ts";
import { carrierOf, mayHide } from "./carriers/carriers.ts";
import { mayCarry } from "./carriers/udp.ts";
import { Copies, digest } from "./copies.ts";
import { u16 } from "./files/octets.ts";
import { ipFields, withHeaders } from "./headers.ts";
import { AddressTexts } from "./ip/addresses.ts";
import { Fragments } from "./ip/fragments.ts";
import { isCutError, PORTS, readIcmpError } from "./ip/icmp.ts";
import { AUTHENTICATION, IpHeader, PROTOCOL, readIp } from "./ip/ip-header.ts";
import { MAX_CARRIERS } from "./limits.ts";
import type { NetworkSink } from "./link/network-sink.ts";
import { Connections } from "./tcp/connections.ts";
import { CHECKSUM_AT, isDamaged, NEEDED, readSegment, Segment } from "./tcp/segment.ts";
import type { Unread } from "./unread.ts";

/** Octets of a GRE header with sequence and acknowledgement number (RFC 2637 §4.1). */
const GRE_HEADER = 16;

/** It is spoken over TCP as well. */
const OPENVPN = 1194;

/** Protocol type of PPTP, which is PPP's in GRE of version 1. */
const PPTP = 0x880b;

/** GRE as PPTP has it (RFC 2637 §4.1): version 1 and its type, whatever the flags; never a carrier. */
const isPptp = ({ bytes, payload, end }: IpHeader): boolean =>
  payload + 4 <= end && u16(bytes, payload + 2) === PPTP && (bytes[payload + 1]! & 7) === 1;

/** Where the packets at hand come from, and where they are counted. */
export interface Books {
  /** A new object when asked for, since events keep it. */
  moment(): Moment;
  count(kind: PacketKind): void;
  note(note: Note): void;
  unread(what: Unread, number: number): void;
}

/** Looks at packets of ours that are not damaged, copies among them. */
export interface PacketWatch {
  tcp(header: IpHeader, segment: Segment, at: number): void;
  gre(header: IpHeader, at: number): void;
}

/** IP packets into events: GRE, watched TCP and the errors about them; all others are only counted. */
export class Packets implements NetworkSink {
  readonly #books: Books;
  readonly #watch: PacketWatch | undefined;
  readonly #sink: CaptureSink;
  readonly #texts = new AddressTexts();
  readonly #connections: Connections;
  readonly #headers: boolean;
  readonly #fragments = new Fragments();
  readonly #copies = new Copies();
  readonly #header = new IpHeader();
  readonly #quoted = new IpHeader();
  readonly #segment = new Segment();
  #abandoned = 0;
  /** Carriers that the packet at hand is in. */
  #depth = 0;

  constructor(options: Watched, books: Books, sink: CaptureSink, watch?: PacketWatch) {
    this.#books = books;
    this.#watch = watch;
    this.#sink = sink;
    this.#connections = new Connections(options, this.#texts, sink);
    this.#headers = options.headers === true;
  }

  count(kind: PacketKind): void {
    this.#books.count(kind);
  }

  ip(bytes: Uint8Array, from: number, to: number, damaged: boolean): PacketKind {
    if (this.#depth > MAX_CARRIERS) return this.unread("nested", "other-ip");
    const header = this.#header;
    if (!readIp(bytes, from, to, damaged, header)) return "malformed";
    if (header.isFragment && this.#mayMatter(header)) {
      if (!this.#fragment(header)) return "fragment";
      if (header.isFragment) return "malformed"; // a fragment in a fragment
    }
    return this.#datagram(header);
  }

  unread(what: Unread, kind: PacketKind, number = 0): PacketKind {
    this.#books.unread(what, number);
    return kind;
  }

  /** Time has come this far. */
  sweep(now: number): void {
    this.#connections.sweep(now);
    this.#fragments.sweep(now);
    this.#noteAbandoned();
  }

  end(): void {
    this.#connections.end();
    this.#fragments.end();
    this.#noteAbandoned();
  }

  /** Is a fragment worth keeping: may it hold TCP, GRE, an ICMP error, or a carrier of these? */
  #mayMatter({ version, protocol }: IpHeader): boolean {
    if (version === 6 || protocol === PROTOCOL.tcp || protocol === PROTOCOL.icmp) return true;
    return protocol === AUTHENTICATION || carrierOf(protocol) !== undefined;
  }

  /** Of UDP, the first fragment tells whether the others are wanted; it may come after them. */
  #fragment(header: IpHeader): boolean {
    const { protocol, fragmentOffset, bytes, payload, end } = header;
    const when = this.#books.moment();
    if (protocol !== PROTOCOL.udp || fragmentOffset > 0 || mayCarry(bytes, payload, end))
      return this.#fragments.add(header, when);
    this.#fragments.leave(header, when.at);
    return false;
  }

  #datagram(header: IpHeader): PacketKind {
    const { protocol, version } = header;
    if (protocol === PROTOCOL.tcp) return this.#tcp(header);
    if (protocol === PROTOCOL.gre && isPptp(header)) return this.#gre(header);
    const carrier = carrierOf(protocol);
    const carried = carrier === undefined ? undefined : this.#carried(header, carrier);
    if (carried !== undefined) return carried;
    if (protocol === PROTOCOL.gre) return this.#otherGre(header);
    if (protocol === PROTOCOL.udp) return "udp";
    if (protocol === (version === 4 ? PROTOCOL.icmp : PROTOCOL.icmp6)) return this.#icmp(header);
    return mayHide(protocol) ? this.unread("ip-protocol", "other-ip", protocol) : "other-ip";
  }

  /** Fills `header` anew for each packet inside, unless there is none. */
  #carried({ bytes, payload, end, checked }: IpHeader, carrier: Carrier): PacketKind | undefined {
    this.#depth += 1;
    try {
      return carrier(bytes, payload, end, this, checked === "wrong");
    } finally {
      this.#depth -= 1;
    }
  }

  #tcp(header: IpHeader): PacketKind {
    const { bytes, payload, end } = header;
    if (end - payload < PORTS) return "malformed";
    if (!this.#connections.watches(u16(bytes, payload), u16(bytes, payload + 2))) {
      const openvpn = u16(bytes, payload) === OPENVPN || u16(bytes, payload + 2) === OPENVPN;
      return openvpn ? this.unread("openvpn", "other-tcp") : "other-tcp";
    }
    const segment = this.#segment;
    if (this.#depth > 0) this.#books.note("carried");
    if (header.cut) this.#books.note("cut");
    if (header.cut && end - payload < NEEDED) return "control"; // nothing of it can be told
    if (!readSegment(header, segment)) return "malformed";
    const damaged = isDamaged(header) || header.checked === "wrong";
    if (damaged) this.#books.note("damaged");
    const when = this.#books.moment();
    if (!damaged) this.#watch?.tcp(header, segment, when.at);
    const copyOf = damaged ? undefined : this.#copyOf(header, when, CHECKSUM_AT);
    if (copyOf !== undefined) {
      this.#connections.copy(header, segment, when, copyOf);
      return "control";
    }
    if (!this.#connections.segment(header, segment, damaged, when) && !damaged) {
      this.#books.note("stray-segments");
    }
    return "control";
  }

  /** Told as well: whoever puts calls together knows that they are none of PPTP's. */
  #otherGre(header: IpHeader): PacketKind {
    const { bytes, payload, end } = header;
    const type = payload + 4 <= end ? u16(bytes, payload + 2) : PPTP;
    if (type !== PPTP) this.#books.unread("gre", type);
    return this.#gre(header);
  }

  #gre(header: IpHeader): PacketKind {
    const { bytes, payload, end, length, cut, checksum } = header;
    if (this.#depth > 0) this.#books.note("carried");
    if (cut) this.#books.note("cut");
    if (checksum === "wrong") this.#books.note("damaged");
    const when = this.#dated(header);
    if (checksum !== "wrong") this.#watch?.gre(header, when.at);
    const [source, destination] = this.#ends(header);
    const octets = bytes.subarray(payload, end);
    // Without the numbers behind the call ID, packets of one length look alike.
    const alike = checksum === "wrong" || (cut && octets.length < GRE_HEADER);
    const copyOf = alike ? undefined : this.#copyOf(header, when);
    this.#sink({ kind: "gre", when, source, destination, octets, length, cut, checksum, copyOf });
    return "gre";
  }

  #dated(header: IpHeader): Moment {
    const moment = this.#books.moment();
    return this.#headers ? withHeaders(moment, { ip: ipFields(header) }) : moment;
  }

  #icmp(header: IpHeader): PacketKind {
    const quoted = this.#quoted;
    const error = readIcmpError(header, quoted);
    const about = error === undefined ? undefined : this.#about(quoted);
    if (error === undefined || about === undefined) {
      if (isCutError(header, error === undefined ? undefined : quoted)) this.#cutIcmp(header);
      return "other-icmp";
    }
    const when = this.#dated(header);
    const [source, destination] = this.#ends(header);
    const { version } = header;
    this.#sink({
      kind: "icmp",
      when,
      source,
      destination,
      version,
      ...error,
      copyOf: this.#copyOf(header, when),
      about,
    });
    return "icmp";
  }

  #cutIcmp(header: IpHeader): void {
    const { bytes, payload, end, version } = header;
    const [source, destination] = this.#ends(header);
    const [type, code] = [bytes[payload]!, end - payload < 2 ? 0 : bytes[payload + 1]!];
    const what = {
      version,
      type,
      code,
      mtu: undefined,
      copyOf: undefined,
      about: { protocol: "cut" },
    } as const;
    this.#sink({ kind: "icmp", when: this.#books.moment(), source, destination, ...what });
  }

  /** Undefined where the packet was none of ours. */
  #about(quoted: IpHeader): QuotedPacket | undefined {
    const { bytes, payload, end, protocol } = quoted;
    const [source, destination] = this.#ends(quoted);
    if (protocol === PROTOCOL.gre) {
      return { protocol: "gre", source, destination, octets: bytes.subarray(payload, end) };
    }
    if (protocol !== PROTOCOL.tcp || end - payload < PORTS) return undefined;
    const from: Endpoint = { address: source, port: u16(bytes, payload) };
    const to: Endpoint = { address: destination, port: u16(bytes, payload + 2) };
    if (!this.#connections.watches(from.port, to.port)) return undefined;
    return { protocol: "tcp", source: from, destination: to };
  }

  #ends({ bytes, addresses, addressLength }: IpHeader): [source: string, destination: string] {
    const source = this.#texts.text(bytes, addresses, addressLength);
    return [source, this.#texts.text(bytes, addresses + addressLength, addressLength)];
  }

  /**
   * The frame that had the same packet. Routers between two interfaces change TTL and header checksum, and a
   * network card fills in the checksum at `except`: these do not count.
   */
  #copyOf(header: IpHeader, when: Moment, except?: number): number | undefined {
    const { bytes, addresses, addressLength, payload, end, length, id } = header;
    let sum = digest(bytes, addresses, addresses + 2 * addressLength);
    const split = except === undefined ? end : Math.min(end, payload + except);
    sum = digest(bytes, payload, split, sum);
    if (except !== undefined) sum = digest(bytes, split + 2, end, sum);
    const copyOf = this.#copies.seen(sum, length, id, when.at, when.frame);
    if (copyOf !== undefined) this.#books.note("copies");
    return copyOf;
  }

  #noteAbandoned(): void {
    for (; this.#abandoned < this.#fragments.abandoned; this.#abandoned += 1) {
      this.#books.note("incomplete-datagrams");
    }
  }
}
