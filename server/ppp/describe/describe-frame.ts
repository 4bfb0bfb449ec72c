import { bacp } from "../bacp/bacp.ts";
import { ccp } from "../ccp/ccp.ts";
import { decodeFrame } from "../frame.ts";
import { ipcp } from "../ipcp/ipcp.ts";
import { ipv6cp } from "../ipv6cp/ipv6cp.ts";
import { lcp } from "../lcp/lcp.ts";
import { shortHex } from "../negotiation/value-codec.ts";
import { decodePacket } from "../packet.ts";
import {
  FIRST_LINK_CONTROL,
  FIRST_NETWORK_CONTROL,
  isNetworkControl,
  PROTOCOL,
  protocolName,
} from "../protocols.ts";
import { describeCbcp } from "./describe-cbcp.ts";
import { describeChap } from "./describe-chap.ts";
import { describeControl, UNDECLARED } from "./describe-control.ts";
import { describeEap } from "./describe-eap.ts";
import { describePap } from "./describe-pap.ts";

/** One line of a trace. */
export interface FrameLine {
  readonly layer: "lcp" | "pap" | "chap" | "eap" | "ccp" | "ipcp" | "ipv6cp" | "ppp";
  readonly text: string;
}

/**
 * A PPP frame as one line of printable text, bounded in length and without secrets: values of CHAP as lengths
 * only, no password of PAP, nothing but the head of other authentication protocols, nothing of data.
 * `Configure-Request id=1 mru=1400 magic=0c6f3548`.
 */
export function describeFrame(octets: Uint8Array): FrameLine {
  const frame = decodeFrame(octets);
  if (!frame.ok) return { layer: "ppp", text: `malformed frame (${frame.code}), ${octets.length} octets` };
  const { protocol, information } = frame.value;
  const packet = decodePacket(information);
  const malformed = packet.ok ? "" : `malformed packet (${packet.code}), ${information.length} octets`;
  switch (protocol) {
    case PROTOCOL.lcp:
      return { layer: "lcp", text: packet.ok ? describeControl(lcp, packet.value) : malformed };
    case PROTOCOL.ccp:
      return { layer: "ccp", text: packet.ok ? describeControl(ccp, packet.value) : malformed };
    case PROTOCOL.ipcp:
      return { layer: "ipcp", text: packet.ok ? describeControl(ipcp, packet.value) : malformed };
    case PROTOCOL.ipv6cp:
      return { layer: "ipv6cp", text: packet.ok ? describeControl(ipv6cp, packet.value) : malformed };
    case PROTOCOL.eap:
      return { layer: "eap", text: packet.ok ? describeEap(packet.value) : malformed };
    case PROTOCOL.pap:
      return { layer: "pap", text: packet.ok ? describePap(packet.value) : malformed };
    case PROTOCOL.chap:
      return { layer: "chap", text: packet.ok ? describeChap(packet.value) : malformed };
    default:
      return { layer: "ppp", text: `${protocolName(protocol)} ${other(protocol, information)}` };
  }
}

/** Network control protocols have the packets of RFC 1661 §5, whatever their options mean. */
function other(protocol: number, information: Uint8Array): string {
  const packet = decodePacket(information);
  if (!packet.ok) return shown(protocol, information);
  if (protocol === PROTOCOL.cbcp) return describeCbcp(packet.value);
  if (protocol === PROTOCOL.bacp) return describeControl(bacp, packet.value);
  if (isNetworkControl(protocol)) return describeControl(UNDECLARED, packet.value);
  return shown(protocol, information);
}

function shown(protocol: number, information: Uint8Array): string {
  const secret = protocol < FIRST_NETWORK_CONTROL || protocol >= FIRST_LINK_CONTROL;
  return secret ? `${information.length} octets` : shortHex(information);
}
