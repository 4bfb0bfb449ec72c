import { rasErrorWords } from "../../../verdicts/ras-errors.ts";
import { hex } from "../../wire/bytes.ts";
import { printable } from "../../wire/printable.ts";
import { Reader } from "../../wire/reader.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import { CODE, codeName } from "../codes.ts";
import { findOption, type Options } from "../negotiation/protocol.ts";
import { decodeOptions, type RawOption } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { protocolName } from "../protocols.ts";
import { decodeTerminateData } from "../terminate-data.ts";
import type { FieldContext } from "./field-context.ts";
import { packetHead } from "./packet-head.ts";

/** All of a packet of LCP, CCP, IPCP or IPV6CP (RFC 1661 §5). */
export function controlFields<P>(
  protocol: Options<P>,
  packet: Packet,
  { secrets }: FieldContext,
): ShownField[] {
  return [...packetHead(packet, codeName(packet.code)), ...dataFields(protocol, packet, secrets)];
}

function dataFields<P>(protocol: Options<P>, { code, data }: Packet, secrets: boolean): ShownField[] {
  const reader = new Reader(data);
  switch (code) {
    case CODE.configureRequest:
    case CODE.configureAck:
    case CODE.configureNak:
    case CODE.configureReject:
      return optionFields(protocol, data);
    case CODE.terminateRequest:
    case CODE.terminateAck:
      return terminateFields(data);
    case CODE.codeReject:
      return [rejected(data, secrets)];
    case CODE.protocolReject: {
      if (data.length < 2) return rest(reader);
      const number = reader.u16();
      return [
        shownField("rejected-protocol", number, protocolName(number)),
        rejected(reader.rest(), secrets),
      ];
    }
    case CODE.echoRequest:
    case CODE.echoReply:
    case CODE.discardRequest:
    case CODE.timeRemaining:
      return data.length < 4 ? rest(reader) : [magic(reader), ...rest(reader)];
    case CODE.identification:
      return data.length < 4 ? rest(reader) : [magic(reader), text("message", reader.rest())];
    default:
      return rest(reader);
  }
}

/** RFC 1661 §5.5 leaves the Data open: a text stands there as one, and Windows' number with its words. */
function terminateFields(data: Uint8Array): ShownField[] {
  const said = decodeTerminateData(data);
  switch (said.kind) {
    case "nothing":
      return [];
    case "text": {
      const shown = printable(data, data.length);
      return [shownField("data", data.every(isPrintable) ? shown : hex(data), `"${shown}"`)];
    }
    case "windows": {
      const reader = new Reader(data);
      return [
        magic(reader),
        shownField("windows-mark", hex(reader.octets(4))),
        shownField(
          "windows-error",
          said.error,
          `${said.error} (${rasErrorWords(said.error) ?? "not known"})`,
        ),
      ];
    }
  }
}

const isPrintable = (octet: number): boolean => octet >= 0x20 && octet < 0x7f;

function optionFields<P>(protocol: Options<P>, data: Uint8Array): ShownField[] {
  const options = decodeOptions(data);
  if (!options.ok) return [shownField("options", hex(data), `${hex(data)} (malformed: ${options.code})`)];
  return options.value.map((raw) => optionField(protocol, raw));
}

function optionField<P>(protocol: Options<P>, { code, data }: RawOption): ShownField {
  const head = [shownField("type", code), shownField("length", data.length + 2)];
  const option = findOption(protocol, code);
  if (option === undefined)
    return { ...shownField(`option-${code}`, hex(data)), fields: [...head, shownField("octets", hex(data))] };
  const { text, parts } = option.show(data);
  const value = /^\d{1,10}$/.test(text) && data.length === 2 ? Number(text) : text;
  return { name: option.name, value, fields: [...head, shownField("octets", hex(data)), ...parts] };
}

/** A whole packet, or what fitted, that the sender did not understand: it may hold a secret. */
const rejected = (data: Uint8Array, secrets: boolean): ShownField =>
  secrets
    ? shownField("rejected-octets", hex(data))
    : shownField("rejected-octets", `(${data.length} octets)`);

function magic(reader: Reader): ShownField {
  const number = reader.u32();
  return shownField("magic-number", number, number.toString(16).padStart(8, "0"));
}

const rest = (reader: Reader): ShownField[] =>
  reader.remaining === 0 ? [] : [shownField("data", hex(reader.rest()))];

const text = (name: string, data: Uint8Array): ShownField =>
  shownField(name, hex(data), `"${printable(data, data.length)}"`);
