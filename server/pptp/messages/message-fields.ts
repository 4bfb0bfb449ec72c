import { hex } from "../../wire/bytes.ts";
import { bare } from "../../wire/printable.ts";
import { Reader } from "../../wire/reader.ts";
import { cutField, type ShownField, shownField } from "../../wire/shown-field.ts";
import { CONTROL_MESSAGE, HEADER_LENGTH, MAGIC_COOKIE } from "../constants.ts";
import { title } from "./codec.ts";
import { type Field, latin1 } from "./field.ts";
import { declarationOfCode } from "./registry.ts";
import { hexadecimal, kebab } from "./show.ts";

/**
 * Every field of a control message by its name in RFC 2637 §2, the reserved ones and the header with its
 * checks included. The octets may be any: what does not fit its declaration is said, and what is left over
 * stands there in hexadecimal. `cut`: they are the beginning of a message whose end a capture lacks; each
 * field that is not whole has the value `[cut]`.
 */
export function messageFields(octets: Uint8Array, cut = false): readonly ShownField[] {
  const reader = new Reader(octets);
  if (octets.length < HEADER_LENGTH) return cut ? begunHeader(reader) : leftOver(reader);
  const length = reader.u16();
  const messageType = reader.u16();
  const cookie = reader.u32();
  const code = reader.u16();
  const reserved0 = reader.u16();
  const declaration = declarationOfCode(code);
  const shown = [
    shownField("length", length, check(length, declaration?.length ?? octets.length, String)),
    shownField("pptp-message-type", messageType, check(messageType, CONTROL_MESSAGE, String)),
    shownField("magic-cookie", cookie, check(cookie, MAGIC_COOKIE, hexadecimal(8))),
    shownField("control-message-type", code, `${code}(${declaration ? title(declaration.type) : "unknown"})`),
    reservedField("reserved0", hexadecimal(4)(reserved0)),
  ];
  for (const [name, field] of Object.entries(declaration?.fields ?? {})) {
    if (reader.remaining >= field.size) shown.push(declared(kebab(name), field, reader));
    else if (cut) {
      reader.rest();
      shown.push(cutField(kebab(name)));
    } else break;
  }
  return [...shown, ...leftOver(reader)];
}

/** Fields of the header (RFC 2637 §1.4) with their octets. */
const HEADER = [
  ["length", 2],
  ["pptp-message-type", 2],
  ["magic-cookie", 4],
  ["control-message-type", 2],
  ["reserved0", 2],
] as const;

function begunHeader(reader: Reader): ShownField[] {
  return HEADER.map(([name, size]) => {
    if (reader.remaining >= size) return shownField(name, size === 2 ? reader.u16() : reader.u32());
    reader.rest();
    return cutField(name);
  });
}

function declared(name: string, field: Field<unknown>, reader: Reader): ShownField {
  if (field.kind === "reserved") return reservedField(name, `0x${hex(reader.octets(field.size))}`);
  const value = field.read(reader);
  const text = (field.words ?? field.show)(value);
  if (field.kind === "unsigned") return shownField(name, value as number, text);
  return shownField(name, value instanceof Uint8Array ? hex(value) : bare(latin1(value as string)), text);
}

const reservedField = (name: string, digits: string): ShownField =>
  shownField(name, Number(digits), /[1-9a-f]/.test(digits.slice(2)) ? `${digits} (not zero)` : "0");

/** `0x1a2b3c4d (correct)`, or what it should have been. */
function check(value: number, right: number, show: (value: number) => string): string {
  return value === right ? `${show(value)} (correct)` : `${show(value)} (WRONG: ${show(right)} is right)`;
}

function leftOver(reader: Reader): ShownField[] {
  if (reader.remaining === 0) return [];
  const rest = reader.rest();
  return [shownField("octets", hex(rest), `${hex(rest)} (no field of a known message)`)];
}
