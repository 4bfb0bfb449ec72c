import { cbcp, cbcpCodeName, isCbcpCode } from "../cbcp/cbcp.ts";
import { shortHex } from "../negotiation/value-codec.ts";
import type { Packet } from "../packet.ts";
import { describeOptions } from "./describe-control.ts";

/** A packet of the Callback Control Protocol: its options, whatever its code. */
export function describeCbcp({ code, identifier, data }: Packet): string {
  const said = isCbcpCode(code) ? describeOptions(cbcp, data) : shortHex(data);
  return `${cbcpCodeName(code)} id=${identifier}${said === "" ? "" : ` ${said}`}`;
}
