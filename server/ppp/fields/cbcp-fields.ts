import { hex } from "../../wire/bytes.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import { cbcp, cbcpCodeName, isCbcpCode } from "../cbcp/cbcp.ts";
import type { Packet } from "../packet.ts";
import { optionFields } from "./control-fields.ts";
import { packetHead } from "./packet-head.ts";

/** All of a packet of the Callback Control Protocol. */
export function cbcpFields(packet: Packet): ShownField[] {
  const { code, data } = packet;
  const head = packetHead(packet, cbcpCodeName(code));
  if (isCbcpCode(code)) return [...head, ...optionFields(cbcp, data)];
  return data.length === 0 ? head : [...head, shownField("data", hex(data))];
}
