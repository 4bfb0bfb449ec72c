import { printable } from "../../wire/printable.ts";
import {
  decodeEapHead,
  EAP_TYPE,
  eapCodeName,
  eapTypeName,
  hasEapType,
  identityName,
  wantedTypes,
} from "../auth/eap.ts";
import { decodeEapMsChapV2 } from "../auth/eap-ms-chap-v2.ts";
import { decodeEapTls, tlsAlert } from "../auth/eap-tls.ts";
import type { Packet } from "../packet.ts";
import { describeChap } from "./describe-chap.ts";

/**
 * An EAP packet: its type, names, and what MS-CHAPv2 inside says. All else that its type carries may be a
 * secret and shows as a length.
 */
export function describeEap(packet: Packet): string {
  const head = `${eapCodeName(packet.code)} id=${packet.identifier}`;
  const result = decodeEapHead(packet);
  if (!hasEapType(packet.code) || !result.ok)
    return packet.data.length === 0 ? head : `${head} ${packet.data.length} octets`;
  const { type, data } = result.value;
  const shown = typeData(type, data);
  return `${head} type=${eapTypeName(type)}${shown === "" ? "" : ` ${shown}`}`;
}

function typeData(type: number, data: Uint8Array): string {
  switch (type) {
    case EAP_TYPE.identity: {
      const name = identityName(data);
      return name.length === 0 ? "" : `"${printable(name)}"`;
    }
    case EAP_TYPE.notification:
      return `"${printable(data)}"`;
    case EAP_TYPE.nak: {
      const types = wantedTypes(data);
      if (data.length === 0) return "";
      return types.length === 0 ? "wants none" : `wants ${types.map(eapTypeName).join(" or ")}`;
    }
    case EAP_TYPE.msChapV2: {
      const inner = decodeEapMsChapV2(data);
      if (!inner.ok) return `malformed (${inner.code}), ${data.length} octets`;
      // What is no more than its OpCode says that the one before was received.
      return inner.value.msLength === undefined
        ? `${describeChap(inner.value.chap).split(" ")[0]} received`
        : describeChap(inner.value.chap);
    }
    case EAP_TYPE.tls:
    case EAP_TYPE.ttls:
    case EAP_TYPE.peap: {
      const piece = decodeEapTls(data);
      const alert = piece.ok ? tlsAlert(piece.value.fragment) : undefined;
      return `data=(${data.length} octets)${alert === undefined ? "" : ` TLS alert ${alert}`}`;
    }
    default:
      return `data=(${data.length} octets)`;
  }
}
