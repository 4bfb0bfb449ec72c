import { decodeEapHead, eapCodeName, eapTypeName, hasEapType } from "../auth/eap.ts";
import type { Packet } from "../packet.ts";

/** An EAP packet: its head. What its type carries may be a secret and shows as a length. */
export function describeEap(packet: Packet): string {
  const head = `${eapCodeName(packet.code)} id=${packet.identifier}`;
  const result = decodeEapHead(packet);
  if (!hasEapType(packet.code) || !result.ok)
    return packet.data.length === 0 ? head : `${head} ${packet.data.length} octets`;
  const { type, data } = result.value;
  return `${head} type=${eapTypeName(type)} data=(${data.length} octets)`;
}
