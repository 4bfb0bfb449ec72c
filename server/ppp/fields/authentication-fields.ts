import { rasErrorWords } from "../../../verdicts/ras-errors.ts";
import { hex } from "../../wire/bytes.ts";
import { bare, printable } from "../../wire/printable.ts";
import { Reader } from "../../wire/reader.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import { CHAP, decodeChapValue } from "../auth/chap.ts";
import { decodePapMessage, decodePapRequest, PAP } from "../auth/pap.ts";
import { chapCodeName, withoutSecrets } from "../describe/describe-chap.ts";
import { papCodeName } from "../describe/describe-pap.ts";
import type { Packet } from "../packet.ts";
import type { FieldContext } from "./field-context.ts";
import { packetHead } from "./packet-head.ts";

/** All of a PAP packet (RFC 1334 §2.2). */
export function papFields(packet: Packet, { secrets }: FieldContext): ShownField[] {
  const head = packetHead(packet, papCodeName(packet.code));
  if (packet.code === PAP.request) {
    const request = decodePapRequest(packet);
    if (!request.ok) return [...head, hidden("data", packet.data, secrets)];
    const { name, password } = request.value;
    const shown = secrets ? text("password", password) : hidden("password", password, false);
    return [...head, shownField("peer-id-length", name.length), text("peer-id", name), shown];
  }
  const message = decodePapMessage(packet);
  if (!message.ok) return [...head, hidden("data", packet.data, secrets)];
  return [...head, text("message", message.value)];
}

/** All of a CHAP packet: RFC 1994 §4, RFC 2433 §6, RFC 2759 §4 to §7. */
export const chapFields = (packet: Packet, context: FieldContext): ShownField[] => [
  ...packetHead(packet, chapCodeName(packet.code)),
  ...chapDataFields(packet, context),
];

/** What stands behind the head of a CHAP packet, wherever that head stands. */
export function chapDataFields({ code, data }: Packet, context: FieldContext): ShownField[] {
  const { secrets } = context;
  if (code === CHAP.success || code === CHAP.failure) {
    const said = secrets ? data : withoutSecrets(data);
    const parts = messageParts(said);
    return [{ ...text("message", said), ...(parts.length === 0 ? {} : { fields: parts }) }];
  }
  if (code === CHAP.changePassword) return changePasswordFields(data, secrets);
  const decodedValue = decodeChapValue(data);
  if ((code !== CHAP.challenge && code !== CHAP.response) || !decodedValue.ok)
    return [hidden("data", data, secrets)];
  const { value, name } = decodedValue.value;
  const parts = code === CHAP.response ? responseParts(value, context) : [];
  return [
    shownField("value-size", value.length),
    { ...hidden("value", value, secrets), ...(parts.length === 0 ? {} : { fields: parts }) },
    text("name", name),
  ];
}

/** The 49 octets of an MS-CHAP Response: RFC 2759 §4; RFC 2433 §6 for version 1. */
function responseParts(value: Uint8Array, { method, secrets }: FieldContext): ShownField[] {
  if (value.length !== 49 || method === undefined) return [];
  const reader = new Reader(value);
  if (method === "ms-chap-v2")
    return [
      hidden("peer-challenge", reader.octets(16), secrets),
      shownField("reserved", hex(reader.octets(8))),
      hidden("nt-response", reader.octets(24), secrets),
      msChapFlags(reader.u8()),
    ];
  if (method !== "ms-chap-v1") return [];
  return [
    hidden("lm-response", reader.octets(24), secrets),
    hidden("nt-response", reader.octets(24), secrets),
    useNtResponse(reader.u8()),
  ];
}

/** Zero, says RFC 2759 §4; Windows 98 sets bit 2 and reads no text behind M=. */
const msChapFlags = (flags: number): ShownField =>
  shownField("flags", flags, flags === 0x04 ? "4 (no text behind M= is read: Windows 98)" : undefined);

const useNtResponse = (flag: number): ShownField =>
  shownField(
    "use-nt-response",
    flag,
    flag === 1 ? "1 (the NT response counts)" : `${flag} (the LM response counts)`,
  );

/** `E=691 R=0 C=… V=3 M=…` of a Failure, `S=… M=…` of a Success: RFC 2433 §8, RFC 2759 §5, §6. */
function messageParts(message: Uint8Array): ShownField[] {
  const said = Buffer.from(message).toString("latin1");
  if (!/^[ESRCV]=/.test(said)) return [];
  const at = said.search(/(?:^| )M=/);
  const words = (at < 0 ? said : said.slice(0, at)).split(/ (?=[ESRCV]=)/);
  const parts = words.flatMap((word): ShownField[] => {
    const [, letter, value] = /^([ESRCV])=(.+)$/s.exec(word) ?? [];
    return letter === undefined ? [] : [messagePart(letter, value!)];
  });
  return at < 0 ? parts : [...parts, text("M", message.subarray(said.indexOf("M=", at) + 2))];
}

function messagePart(letter: string, value: string): ShownField {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  if (letter === "E" && number !== undefined)
    return shownField("E", number, `${number} (${rasErrorWords(number) ?? "not known"})`);
  if (letter === "R" && number !== undefined)
    return shownField(
      "R",
      number,
      `${number} (${number === 0 ? "no other try is allowed" : "another try is allowed"})`,
    );
  if (letter === "V" && number !== undefined)
    return shownField(
      "V",
      number,
      `${number} (version of the password change: ${number === 3 ? "MS-CHAPv2" : "MS-CHAPv1"})`,
    );
  return shownField(letter, bare(Buffer.from(value, "latin1")));
}

/** RFC 2759 §7: everything in it stands for one of two passwords. */
function changePasswordFields(data: Uint8Array, secrets: boolean): ShownField[] {
  const reader = new Reader(data);
  const shown = [
    hidden("encrypted-password", reader.octets(516), secrets),
    hidden("encrypted-hash", reader.octets(16), secrets),
    hidden("peer-challenge", reader.octets(16), secrets),
    shownField("reserved", hex(reader.octets(8))),
    hidden("nt-response", reader.octets(24), secrets),
    shownField("flags", reader.u16()),
  ];
  return reader.faulted ? [hidden("data", data, secrets)] : shown;
}

/** Hexadecimal digits where secrets may be shown, else how many octets there are. */
export function hidden(name: string, octets: Uint8Array, secrets: boolean): ShownField {
  if (secrets) return shownField(name, hex(octets));
  return shownField(name, `(${octets.length} octets)`);
}

const text = (name: string, octets: Uint8Array): ShownField =>
  shownField(name, bare(octets), `"${printable(octets, octets.length)}"`);
