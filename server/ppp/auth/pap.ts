import type { Decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { Writer } from "../../wire/writer.ts";
import { ascii } from "../ascii.ts";
import type { Packet } from "../packet.ts";
import type { PapCredentials } from "./credentials.ts";

/** Codes of PAP packets: RFC 1334 §2.2. */
export const PAP = { request: 1, ack: 2, nak: 3 } as const;

/**
 * The Authenticate-Request (RFC 1334 §2.2.1). Fault: `truncated`. What lies behind the password is not looked
 * at.
 */
export function decodePapRequest({ data }: Packet): Decoded<Pick<PapCredentials, "name" | "password">> {
  const reader = new Reader(data);
  const name = reader.octets(reader.u8());
  const password = reader.octets(reader.u8());
  return reader.done({ name, password });
}

/** The Message of an Authenticate-Ack or -Nak (RFC 1334 §2.2.2). Fault: `truncated`. */
export function decodePapMessage({ data }: Packet): Decoded<Uint8Array> {
  const reader = new Reader(data);
  return reader.done(reader.octets(reader.u8()));
}

/** Data of an Authenticate-Ack or -Nak. Throws RangeError for a text beyond 255 characters. */
export function encodePapMessage(text: string): Uint8Array {
  return new Writer().u8(text.length).octets(ascii(text)).bytes();
}
