import { type Decoded, decoded, fault } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { CONTROL_MESSAGE, MAGIC_COOKIE } from "../constants.ts";
import type { Declaration } from "./declaration.ts";
import { declarationOfCode, isMessageLength } from "./registry.ts";

/** Octets from which a message is known: up to and with the Control Message Type. */
export const IDENTIFYING_OCTETS = 10;

/**
 * Which message begins here, judged from as much of its header as has come; undefined while more is needed.
 * Each field is judged as soon as it is whole, so that HTTP or TLS on this port is seen at the second octet.
 *
 * The Length must be exactly the one that the RFC gives for the type. Every client we know of sends it so
 * (pptp-linux and Windows themselves drop what is not exact), and any other length leaves our place in the
 * stream in doubt, in which case RFC 2637 §1.4 wants the connection closed.
 */
export function readHeader(bytes: Uint8Array, end: number): Decoded<Declaration | undefined> {
  const reader = new Reader(bytes, 0, end);
  const length = reader.u16();
  if (end < 2) return decoded(undefined);
  if (!isMessageLength(length)) return fault("bad-length", 0);

  const messageType = reader.u16();
  if (end < 4) return decoded(undefined);
  if (messageType !== CONTROL_MESSAGE) return fault("bad-type", 2);

  const cookie = reader.u32();
  if (end < 8) return decoded(undefined);
  if (cookie !== MAGIC_COOKIE) return fault("bad-magic", 4);

  const code = reader.u16();
  if (end < IDENTIFYING_OCTETS) return decoded(undefined);
  const declaration = declarationOfCode(code);
  if (declaration === undefined) return fault("bad-type", 8);
  if (length !== declaration.length) return fault("bad-length", 0);
  return decoded(declaration);
}
