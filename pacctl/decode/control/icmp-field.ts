import { greCallId } from "../../../server/gre/gre-fields.ts";
import { type ShownField, shownField } from "../../../server/wire/shown-field.ts";
import type { IcmpError, QuotedPacket } from "../../capture/captured.ts";
import { icmpText } from "./icmp-text.ts";

/** An ICMP error as one field, and what it quotes of the packet that it is about. */
export function icmpField(error: IcmpError): ShownField {
  const { source, destination, type, code, mtu, about } = error;
  return {
    ...shownField("icmp", type, icmpText(error)),
    fields: [
      shownField("source", source),
      shownField("destination", destination),
      shownField("type", type),
      shownField("code", code, `${code} (${icmpText(error)})`),
      ...(mtu === undefined ? [] : [shownField("mtu", mtu, `${mtu} octets`)]),
      quoted(about),
    ],
  };
}

function quoted(about: QuotedPacket): ShownField {
  const head = shownField("about", about.protocol);
  if (about.protocol === "cut") return head;
  if (about.protocol === "tcp")
    return {
      ...head,
      fields: [about.source, about.destination].flatMap(({ address, port }, i) => [
        shownField(i === 0 ? "source" : "destination", address),
        shownField(i === 0 ? "source-port" : "destination-port", port),
      ]),
    };
  const callId = greCallId(about.octets);
  return {
    ...head,
    fields: [
      shownField("source", about.source),
      shownField("destination", about.destination),
      ...(callId === undefined ? [] : [shownField("call-id", callId)]),
    ],
  };
}
