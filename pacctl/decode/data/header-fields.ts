import { type ShownField, shownField } from "../../../server/wire/shown-field.ts";
import type { IpFields, PacketHeaders, TcpFields } from "../../capture/captured.ts";

/** Control bits of TCP from the highest on (RFC 9293 §3.1; AE, once NS: RFC 9768). */
const FLAGS = [
  ["AE", 0x100],
  ["CWR", 0x80],
  ["ECE", 0x40],
  ["URG", 0x20],
  ["ACK", 0x10],
  ["PSH", 0x08],
  ["RST", 0x04],
  ["SYN", 0x02],
  ["FIN", 0x01],
] as const;

/** `SYN, ACK`; `no flags`, which no TCP sends. */
export function flagNames(flags: number): string {
  const names = FLAGS.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
  return names.length === 0 ? "no flags" : names.reverse().join(", ");
}

/** The headers before a message, as fields of their own. */
export const headerFields = (headers: PacketHeaders | undefined): readonly ShownField[] =>
  headers === undefined
    ? []
    : [ipField(headers.ip), ...(headers.tcp === undefined ? [] : [tcpField(headers.tcp)])];

const octets = (name: string, count: number): ShownField => shownField(name, count, `${count} octets`);

const ipField = ({ version, headerLength, totalLength }: IpFields): ShownField => ({
  ...shownField("ip", version, `version ${version}`),
  fields: [
    shownField("version", version),
    octets("header-length", headerLength),
    totalLength === 0
      ? shownField("total-length", 0, "0 (left to the network card of the sender)")
      : octets("total-length", totalLength),
    ...(totalLength === 0 ? [] : [octets("payload-length", totalLength - headerLength)]),
  ],
});

function tcpField(tcp: TcpFields): ShownField {
  const { sourcePort, destinationPort, sequence, acknowledgement, headerLength, flags, window } = tcp;
  const numbered = (name: string, value: number, relative: number | undefined) =>
    shownField(name, value, relative === undefined ? undefined : `${value} (${relative} from the beginning)`);
  return {
    ...shownField("tcp", flags, flagNames(flags)),
    fields: [
      shownField("source-port", sourcePort),
      shownField("destination-port", destinationPort),
      numbered("sequence-number", sequence, tcp.relativeSequence),
      numbered("acknowledgement-number", acknowledgement, tcp.relativeAcknowledgement),
      octets("header-length", headerLength),
      shownField("flags", flags, `0x${flags.toString(16).padStart(3, "0")} (${flagNames(flags)})`),
      shownField("window", window),
      octets("payload-length", tcp.payloadLength),
    ],
  };
}
