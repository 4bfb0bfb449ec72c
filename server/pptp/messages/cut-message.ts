import { Reader } from "../../wire/reader.ts";
import { HEADER_LENGTH } from "../constants.ts";
import { IDENTIFYING_OCTETS, readHeader } from "./header.ts";
import type { ControlMessage } from "./message.ts";

/**
 * A control message as far as a capture with a snap length holds it: fields that are not whole are absent.
 */
export type CutMessage = {
  [T in ControlMessage["type"]]: { readonly type: T } & Partial<
    Omit<Extract<ControlMessage, { type: T }>, "type">
  >;
}[ControlMessage["type"]];

/**
 * The beginning of a message whose end the capture lacks. Undefined where not even its type is there, or
 * where this is the beginning of none.
 */
export function decodeCutMessage(octets: Uint8Array): CutMessage | undefined {
  if (octets.length < IDENTIFYING_OCTETS) return undefined;
  const header = readHeader(octets, octets.length);
  if (!header.ok || header.value === undefined) return undefined;
  const declaration = header.value;
  const reader = new Reader(octets, Math.min(HEADER_LENGTH, octets.length));
  const message: Record<string, unknown> = { type: declaration.type };
  for (const [name, field] of Object.entries(declaration.fields)) {
    if (reader.remaining < field.size) break;
    const value = field.read(reader);
    if (field.kind !== "reserved") message[name] = value;
  }
  // As in `decodeMessage`: the type is inferred from the declaration that was read.
  return message as unknown as CutMessage;
}
