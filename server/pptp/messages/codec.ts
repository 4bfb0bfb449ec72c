import { type Decoded, fault } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { Writer } from "../../wire/writer.ts";
import { CONTROL_MESSAGE, HEADER_LENGTH, MAGIC_COOKIE } from "../constants.ts";
import { readHeader } from "./header.ts";
import type { ControlMessage } from "./message.ts";
import { declarationOf } from "./registry.ts";
import { kebab } from "./show.ts";

/**
 * One whole message and nothing behind it (RFC 2637 §2). Reserved fields may hold anything. The message owns
 * its memory. Faults: truncated, bad-length, bad-type, bad-magic.
 */
export function decodeMessage(bytes: Uint8Array): Decoded<ControlMessage> {
  const header = readHeader(bytes, bytes.length);
  if (!header.ok) return header;
  if (header.value === undefined) return fault("truncated", bytes.length);

  const reader = new Reader(bytes, HEADER_LENGTH);
  const message: Record<string, unknown> = { type: header.value.type };
  for (const [name, field] of Object.entries(header.value.fields)) {
    const value = field.read(reader);
    if (field.kind !== "reserved") message[name] = value;
  }
  // The declaration from which the fields were read is the one from which the type is inferred.
  return reader.end(message as unknown as ControlMessage);
}

/**
 * The message as it goes out, reserved fields zero. Throws RangeError for a value that does not fit: our bug.
 */
export function encodeMessage(message: ControlMessage): Uint8Array {
  const declaration = declarationOf(message.type);
  const writer = new Writer(declaration.length);
  writer.u16(declaration.length).u16(CONTROL_MESSAGE).u32(MAGIC_COOKIE).u16(declaration.code).u16(0);
  for (const [name, field] of Object.entries(declaration.fields)) {
    field.write(writer, (message as unknown as Record<string, unknown>)[name]);
  }
  return writer.bytes();
}

/**
 * One line of printable ASCII, for example `Echo-Request identifier=7`. Holds no secret: PPTP control has
 * none. `only`: the fields to show, where not all.
 */
export function describeMessage(message: ControlMessage, only?: ReadonlySet<string>): string {
  const fields = Object.entries(declarationOf(message.type).fields)
    .filter(([name, field]) => field.kind !== "reserved" && (only?.has(name) ?? true))
    .map(
      ([name, field]) =>
        ` ${kebab(name)}=${field.show((message as unknown as Record<string, unknown>)[name])}`,
    );
  return title(message.type) + fields.join("");
}

/** `echo-request` as RFC 2637 writes it: `Echo-Request`. */
export const title = (type: string): string => type.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
