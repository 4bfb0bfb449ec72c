/** Which packet of the file something came from. */
export interface Moment {
  /** Number of the packet in the file, from 1, as other tools count. */
  readonly frame: number;
  /**
   * Nanoseconds after the first packet of the file. Exact for 104 days. Never less than that of a packet told
   * before, see `CaptureOrder`; negative where a file was put in order and its first packet was not the
   * first. A packet that carries no time (pcapng, Simple Packet Block) has the time of the packet before.
   */
  readonly at: number;
  /** Index into `CaptureSummary.interfaces`. */
  readonly interfaceId: number;
  /** Only where `CaptureOptions.headers` asks for it. */
  readonly headers?: PacketHeaders;
}

/** What stands before the octets of a packet. */
export interface PacketHeaders {
  readonly ip: IpFields;
  /** Of a segment of a watched port. */
  readonly tcp?: TcpFields;
}

/** Of the IP header that stands before TCP or GRE. Of a datagram in fragments, that of the last one. */
export interface IpFields {
  readonly version: 4 | 6;
  /** Octets of the header, extension headers of IPv6 included. */
  readonly headerLength: number;
  /** Octets of header and payload, as it says; 0: the sending host left it to its network card. */
  readonly totalLength: number;
}

/** Of a TCP header (RFC 9293 §3.1). */
export interface TcpFields {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** As on the wire. */
  readonly sequence: number;
  readonly acknowledgement: number;
  /**
   * The same counted from the beginning of the stream, which is 0; in mid-stream, 1 is the first octet that
   * was captured. Undefined where that is not known.
   */
  readonly relativeSequence: number | undefined;
  readonly relativeAcknowledgement: number | undefined;
  /** Octets of the header with its options. */
  readonly headerLength: number;
  /** All twelve bits. */
  readonly flags: number;
  /** As on the wire, not scaled. */
  readonly window: number;
  /** Octets behind the header. */
  readonly payloadLength: number;
}

export interface Endpoint {
  /** A dotted quad, or IPv6 in the form of RFC 5952. */
  readonly address: string;
  readonly port: number;
}

/** A TCP connection to a watched port. The same two endpoints may have several, one after the other. */
export interface TcpConnection {
  /** 1, 2, 3… in the order in which they were first seen. */
  readonly id: number;
  /** Who opened it; in mid-stream, the end whose port is not watched. */
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** What of it was captured first: SYN, SYN+ACK without SYN, or anything else. */
  readonly seen: "syn" | "syn-ack" | "mid-stream";
  /**
   * When a segment of any kind came last from each side, acknowledgements included; -Infinity: never. Goes on
   * with the connection.
   */
  readonly heard: Readonly<Record<Side, number>>;
}

export type Side = "client" | "server";
