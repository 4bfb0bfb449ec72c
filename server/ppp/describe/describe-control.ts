import { isText, printable } from "../../wire/printable.ts";
import { Reader } from "../../wire/reader.ts";
import { CODE, codeName } from "../codes.ts";
import { findOption, type Options } from "../negotiation/protocol.ts";
import { shortHex } from "../negotiation/value-codec.ts";
import { decodeOptions } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { protocolName } from "../protocols.ts";
import { decodeTerminateData, terminateText } from "../terminate-data.ts";

/** Ours: options that one line shows. */
const MAX_SHOWN = 16;

/** A packet of LCP, CCP, IPCP or IPV6CP: code, identifier, and what the code carries. */
export function describeControl<P>(protocol: Options<P>, packet: Packet): string {
  const detail = describeData(protocol, packet);
  const head = `${codeName(packet.code)} id=${packet.identifier}`;
  return detail === "" ? head : `${head} ${detail}`;
}

function describeData<P>(protocol: Options<P>, { code, data }: Packet): string {
  switch (code) {
    case CODE.configureRequest:
    case CODE.configureAck:
    case CODE.configureNak:
    case CODE.configureReject:
      return describeOptions(protocol, data);
    case CODE.terminateRequest:
    case CODE.terminateAck:
      return terminateText(decodeTerminateData(data));
    case CODE.codeReject:
      return data.length === 0 ? "" : `of ${codeName(data[0]!)}`;
    case CODE.protocolReject:
      return data.length < 2 ? "" : `of ${protocolName((data[0]! << 8) | data[1]!)}`;
    case CODE.echoRequest:
    case CODE.echoReply:
    case CODE.discardRequest:
      return `magic=${shortHex(data.subarray(0, 4))}`;
    case CODE.timeRemaining:
      return describeTimeRemaining(data);
    case CODE.identification:
      return `magic=${shortHex(data.subarray(0, 4))} ${quotedOrHex(data.subarray(4))}`;
    default:
      return shortHex(data);
  }
}

/** Of what a protocol without declared options says, its numbers and octets. */
export const UNDECLARED: Options<unknown> = { options: [] };

/** A text, unless it is none: Windows sends a GUID as well. */
const quotedOrHex = (octets: Uint8Array): string =>
  isText(octets) ? `"${printable(octets)}"` : shortHex(octets);

/** RFC 1570 §2.5: a Magic-Number, seconds, and text. */
function describeTimeRemaining(data: Uint8Array): string {
  if (data.length < TIME_REMAINING) return shortHex(data);
  const reader = new Reader(data);
  const [magic, seconds, text] = [reader.octets(4), reader.u32(), reader.rest()];
  return `magic=${shortHex(magic)} seconds=${seconds}${text.length === 0 ? "" : ` "${printable(text)}"`}`;
}

const TIME_REMAINING = 8;

/** Configuration Options as one line. */
export function describeOptions<P>(protocol: Options<P>, data: Uint8Array): string {
  const options = decodeOptions(data);
  if (!options.ok) return `malformed options (${options.code}), ${data.length} octets`;
  const words = options.value.slice(0, MAX_SHOWN).map(({ code, data: value }) => {
    const option = findOption(protocol, code);
    if (option !== undefined) return option.describe(value);
    return value.length === 0 ? `option-${code}` : `option-${code}=${shortHex(value)}`;
  });
  if (options.value.length > MAX_SHOWN) words.push(`and ${options.value.length - MAX_SHOWN} more`);
  return words.join(" ");
}
