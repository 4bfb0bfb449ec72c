import { hex } from "../../wire/bytes.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import { bacp } from "../bacp/bacp.ts";
import { ccp } from "../ccp/ccp.ts";
import { UNDECLARED } from "../describe/describe-control.ts";
import { decodeFrame } from "../frame.ts";
import { ipcp } from "../ipcp/ipcp.ts";
import { ipv6cp } from "../ipv6cp/ipv6cp.ts";
import { lcp } from "../lcp/lcp.ts";
import { decodePacket, type Packet } from "../packet.ts";
import { FIRST_NETWORK_CONTROL, isNetworkControl, PROTOCOL, protocolName } from "../protocols.ts";
import { chapFields, papFields } from "./authentication-fields.ts";
import { cbcpFields } from "./cbcp-fields.ts";
import { controlFields } from "./control-fields.ts";
import { eapFields } from "./eap-fields.ts";
import type { FieldContext } from "./field-context.ts";

/**
 * Every field of a PPP frame by its name in the RFCs, from the declarations that negotiation uses. What is
 * not known stands there in hexadecimal. Users' data is shown as a length.
 */
export function frameFields(octets: Uint8Array, context: FieldContext): readonly ShownField[] {
  const frame = decodeFrame(octets);
  if (!frame.ok) return [shownField("octets", hex(octets), `${hex(octets)} (no PPP frame: ${frame.code})`)];
  const { protocol, information } = frame.value;
  const head = octets.length - information.length;
  const shown: ShownField[] = [];
  if (head > 2) shown.push(shownField("address", 0xff, "0xff"), shownField("control", 0x03, "0x03"));
  shown.push(shownField("protocol", protocol, protocolName(protocol)));
  if (protocol < FIRST_NETWORK_CONTROL)
    return [...shown, shownField("information", information.length, `${information.length} octets`)];
  return [...shown, ...packetFields(protocol, information, context)];
}

function packetFields(protocol: number, information: Uint8Array, context: FieldContext): ShownField[] {
  const packet = decodePacket(information);
  const fields = FIELDS.get(protocol) ?? (isNetworkControl(protocol) ? undeclared : undefined);
  if (!packet.ok || fields === undefined) {
    const why = packet.ok ? "" : ` (no packet: ${packet.code})`;
    const shown =
      protocol >= SECRET_FROM && !context.secrets ? `${information.length} octets` : hex(information);
    return [shownField("information", shown, `${shown}${why}`)];
  }
  const padding = information.subarray(packet.value.data.length + HEADER);
  return [
    ...fields(packet.value, context),
    ...(padding.length === 0 ? [] : [shownField("padding", hex(padding))]),
  ];
}

/** Code, Identifier and Length of a packet (RFC 1661 §5). */
const HEADER = 4;

/** From here on link-layer protocols: LCP aside, ways to authenticate, whose octets may be passwords. */
const SECRET_FROM = 0xc022;

const undeclared = (packet: Packet, context: FieldContext): ShownField[] =>
  controlFields(UNDECLARED, packet, context);

const FIELDS = new Map<number, (packet: Packet, context: FieldContext) => ShownField[]>([
  [PROTOCOL.lcp, (packet, context) => controlFields(lcp, packet, context)],
  [PROTOCOL.ccp, (packet, context) => controlFields(ccp, packet, context)],
  [PROTOCOL.ipcp, (packet, context) => controlFields(ipcp, packet, context)],
  [PROTOCOL.ipv6cp, (packet, context) => controlFields(ipv6cp, packet, context)],
  [PROTOCOL.cbcp, cbcpFields],
  [PROTOCOL.bacp, (packet, context) => controlFields(bacp, packet, context)],
  [PROTOCOL.pap, papFields],
  [PROTOCOL.chap, chapFields],
  [PROTOCOL.eap, eapFields],
]);
