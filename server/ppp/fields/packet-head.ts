import { type ShownField, shownField } from "../../wire/shown-field.ts";
import type { Packet } from "../packet.ts";

/** Code, Identifier and Length (RFC 1661 §5); `name` is what the protocol calls the code. */
export const packetHead = ({ code, identifier, data }: Packet, name: string): ShownField[] => [
  shownField("code", code, `${code}(${name})`),
  shownField("identifier", identifier),
  shownField("length", data.length + 4),
];
