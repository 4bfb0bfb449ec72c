import { printable } from "../../wire/printable.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import { decodeChapValue } from "../auth/chap.ts";
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
import { decodeEapTls, EAP_TLS_FLAG, tlsAlert } from "../auth/eap-tls.ts";
import { chapCodeName } from "../describe/describe-chap.ts";
import type { Packet } from "../packet.ts";
import { chapDataFields, hidden } from "./authentication-fields.ts";
import type { FieldContext } from "./field-context.ts";
import { packetHead } from "./packet-head.ts";

/**
 * All of an EAP packet (RFC 3748 §4). Of types that are not known here, and of those whose data does not
 * decode, what they carry: it may be a secret.
 */
export function eapFields(packet: Packet, context: FieldContext): ShownField[] {
  const head = packetHead(packet, eapCodeName(packet.code));
  const result = decodeEapHead(packet);
  if (packet.data.length === 0) return head;
  if (!hasEapType(packet.code) || !result.ok) return [...head, hidden("data", packet.data, context.secrets)];
  const { type, data } = result.value;
  const shown = typeFields(type, data, context) ?? [hidden("type-data", data, context.secrets)];
  return [...head, shownField("type", type, eapTypeName(type)), ...shown];
}

function typeFields(type: number, data: Uint8Array, context: FieldContext): ShownField[] | undefined {
  switch (type) {
    case EAP_TYPE.identity:
      return [text("identity", identityName(data))];
    case EAP_TYPE.notification:
      return [text("message", data)];
    case EAP_TYPE.nak: {
      const types = wantedTypes(data);
      // One octet of 0 stands for none (RFC 3748 §5.3.1); none at all is a packet that was cut.
      if (data.length === 0) return [];
      if (types.length === 0) return [shownField("desired-auth-type", 0, "0 (none)")];
      return types.map((one) => shownField("desired-auth-type", one, eapTypeName(one)));
    }
    case EAP_TYPE.md5Challenge: {
      const value = decodeChapValue(data);
      if (!value.ok) return undefined;
      return [
        shownField("value-size", value.value.value.length),
        hidden("value", value.value.value, context.secrets),
        text("name", value.value.name),
      ];
    }
    case EAP_TYPE.tls:
    case EAP_TYPE.ttls:
    case EAP_TYPE.peap:
      return tlsFields(data, context);
    case EAP_TYPE.msChapV2:
      return msChapV2Fields(data, context);
    default:
      return undefined;
  }
}

/** Flags, the TLS Message Length where it is there, and a piece of TLS; an alert in clear is named. */
function tlsFields(data: Uint8Array, { secrets }: FieldContext): ShownField[] | undefined {
  const result = decodeEapTls(data);
  if (!result.ok) return undefined;
  const { flags, length, fragment } = result.value;
  const bits = FLAGS.map(([name, bit]) => shownField(name, (flags & bit) === 0 ? 0 : 1));
  const alert = tlsAlert(fragment);
  return [
    { ...shownField("flags", flags), fields: bits },
    ...(length === undefined ? [] : [shownField("tls-message-length", length)]),
    hidden("tls-data", fragment, secrets),
    ...(alert === undefined ? [] : [shownField("tls-alert", alert)]),
  ];
}

const FLAGS: readonly (readonly [string, number])[] = [
  ["L-length-included", EAP_TLS_FLAG.lengthIncluded],
  ["M-more-fragments", EAP_TLS_FLAG.moreFragments],
  ["S-start", EAP_TLS_FLAG.start],
];

/** Draft-kamath-pppext-eap-mschapv2 §2. */
function msChapV2Fields(data: Uint8Array, context: FieldContext): ShownField[] | undefined {
  const inner = decodeEapMsChapV2(data);
  if (!inner.ok) return undefined;
  const { chap, msLength } = inner.value;
  const opCode = shownField("op-code", chap.code, `${chap.code}(${chapCodeName(chap.code)})`);
  if (msLength === undefined) return [opCode];
  const wrong = msLength === data.length ? undefined : `${msLength} (WRONG: ${data.length} is right)`;
  return [
    opCode,
    shownField("ms-chapv2-id", chap.identifier),
    shownField("ms-length", msLength, wrong),
    ...chapDataFields(chap, { ...context, method: "ms-chap-v2" }),
  ];
}

const text = (name: string, octets: Uint8Array): ShownField =>
  shownField(name, printable(octets, octets.length), `"${printable(octets, octets.length)}"`);
