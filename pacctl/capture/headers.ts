import type { IpFields, Moment, PacketHeaders, TcpFields } from "./captured.ts";
import type { IpHeader } from "./ip/ip-header.ts";
import type { Segment } from "./tcp/segment.ts";

/** The IP header for who reads every field. */
export const ipFields = ({ version, headerLength, totalLength }: IpHeader): IpFields => ({
  version,
  headerLength,
  totalLength,
});

/** The TCP header likewise. */
export const tcpFields = (
  segment: Segment,
  {
    relativeSequence,
    relativeAcknowledgement,
  }: Pick<TcpFields, "relativeSequence" | "relativeAcknowledgement">,
): TcpFields => ({
  sourcePort: segment.sourcePort,
  destinationPort: segment.destinationPort,
  sequence: segment.sequence,
  acknowledgement: segment.acknowledgement,
  relativeSequence,
  relativeAcknowledgement,
  headerLength: segment.headerLength,
  flags: segment.flags,
  window: segment.window,
  payloadLength: segment.length,
});

/** The moment with the headers of its packet. */
export const withHeaders = (when: Moment, headers: PacketHeaders): Moment => ({ ...when, headers });
