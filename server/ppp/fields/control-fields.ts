import { rasErrorWords } from "../../../verdicts/ras-errors.ts";
import { hex } from "../../wire/bytes.ts";
import { elapsed } from "../../wire/elapsed.ts";
import { bare, isText, printable } from "../../wire/printable.ts";
import { Reader } from "../../wire/reader.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import { CODE, codeName } from "../codes.ts";
import { findOption, type Options } from "../negotiation/protocol.ts";
import { decodeOptions, type RawOption } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { isNetworkControl, protocolName } from "../protocols.ts";
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
      return [...rejectedHead(reader), ...rejected(reader.rest(), secrets)];
    case CODE.protocolReject: {
      if (data.length < 2) return rest(reader);
      const number = reader.u16();
      const plain = isNetworkControl(number);
      return [
        shownField("rejected-protocol", number, protocolName(number)),
        ...(plain ? rejectedHead(reader) : []),
        ...rejected(reader.rest(), secrets || plain),
      ];
    }
    case CODE.echoRequest:
    case CODE.echoReply:
    case CODE.discardRequest:
      return data.length < MAGIC ? rest(reader) : [magic(reader), ...rest(reader)];
    case CODE.timeRemaining:
      return data.length < MAGIC ? rest(reader) : timeRemaining(reader);
    case CODE.identification:
      return data.length < MAGIC ? rest(reader) : [magic(reader), identification(reader.rest())];
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
    case "text":
      return [text("data", data)];
    case "windows": {
      const reader = new Reader(data);
      return [
        magic(reader),
        shownField("windows-mark", hex(reader.octets(4)), "003ccd74 (Windows)"),
        shownField(
          "windows-error",
          said.error,
          `${said.error} (${rasErrorWords(said.error) ?? "not known"})`,
        ),
      ];
    }
  }
}

/** Octets of a Magic-Number, and of a number of seconds. */
const MAGIC = 4;
const SECONDS = 4;

/** The head of a packet that was sent back, perhaps cut (RFC 1661 §5.6, §5.7): no secret is in it. */
function rejectedHead(reader: Reader): ShownField[] {
  const shown: ShownField[] = [];
  if (reader.remaining > 0) {
    const code = reader.u8();
    shown.push(shownField("rejected-code", code, `${code}(${codeName(code)})`));
  }
  if (reader.remaining > 0) shown.push(shownField("rejected-identifier", reader.u8()));
  if (reader.remaining > 1) shown.push(shownField("rejected-length", reader.u16()));
  else if (reader.remaining === 1) shown.push(shownField("octets", hex(reader.rest())));
  return shown;
}

/** RFC 1570 §2.5: how long the session may go on. */
function timeRemaining(reader: Reader): ShownField[] {
  const head = magic(reader);
  if (reader.remaining < SECONDS) return [head, shownField("octets", hex(reader.rest()))];
  const seconds = reader.u32();
  const forever = seconds === 0xffffffff ? "no limit" : elapsed(1000 * seconds);
  const message = reader.rest();
  return [
    head,
    shownField("seconds-remaining", seconds, `${seconds} (${forever})`),
    ...(message.length === 0 ? [] : [text("message", message)]),
  ];
}

/** RFC 1570 §2.4; Windows gives its RAS version, its name, and a GUID in octets. */
function identification(message: Uint8Array): ShownField {
  const field = text("message", message);
  const said = printable(message, message.length);
  if (/^MSRASV\d/.test(said)) return { ...field, text: `"${said}" (version of Windows' dialer)` };
  if (/^MSRAS-\d+-/.test(said)) return { ...field, text: `"${said}" (name of the Windows computer)` };
  if (message.length === GUID && !isText(message))
    return { ...field, text: `${hex(message)} (a GUID, as of Windows)` };
  return field;
}

const GUID = 16;

export function optionFields<P>(protocol: Options<P>, data: Uint8Array): ShownField[] {
  const options = decodeOptions(data);
  if (!options.ok) return [shownField("options", hex(data), `${hex(data)} (malformed: ${options.code})`)];
  return options.value.map((raw) => optionField(protocol, raw));
}

function optionField<P>(protocol: Options<P>, { code, data }: RawOption): ShownField {
  const head = [shownField("type", code), shownField("length", data.length + 2)];
  const option = findOption(protocol, code);
  if (option === undefined)
    return {
      ...shownField(`option-${code}`, hex(data), `${hex(data)}${data.length === 0 ? "" : " "}(not known)`),
      fields: [...head, shownField("octets", hex(data))],
    };
  const { text, words, parts } = option.show(data);
  const value = /^\d{1,10}$/.test(text) && data.length === 2 ? Number(text) : text;
  return {
    ...shownField(option.name, value, words),
    fields: [...head, shownField("octets", hex(data)), ...parts],
  };
}

/** The rest of a packet, or what fitted of it, that the sender did not understand: it may hold a secret. */
function rejected(data: Uint8Array, secrets: boolean): ShownField[] {
  if (data.length === 0) return [];
  return [shownField("rejected-octets", secrets ? hex(data) : `(${data.length} octets)`)];
}

function magic(reader: Reader): ShownField {
  const number = reader.u32();
  return shownField("magic-number", number, number.toString(16).padStart(8, "0"));
}

const rest = (reader: Reader): ShownField[] =>
  reader.remaining === 0 ? [] : [shownField("data", hex(reader.rest()))];

const text = (name: string, data: Uint8Array): ShownField =>
  shownField(name, isText(data) ? bare(data) : hex(data), `"${printable(data, data.length)}"`);
