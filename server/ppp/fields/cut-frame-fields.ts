import { concat, hex } from "../../wire/bytes.ts";
import { bare } from "../../wire/printable.ts";
import { CUT, cutField, type ShownField, shownField } from "../../wire/shown-field.ts";
import { CHAP } from "../auth/chap.ts";
import { hasEapType } from "../auth/eap.ts";
import { PAP } from "../auth/pap.ts";
import {
  type CutPacket,
  decodeCutPacket,
  hasOptions,
  UNKNOWN_IDENTIFIER,
  wholeOptions,
} from "../cut-packet.ts";
import { codeNameOf, wholePart, withoutBegunSecret } from "../describe/describe-cut-frame.ts";
import { decodeFrame } from "../frame.ts";
import { encodePacket } from "../packet.ts";
import { FIRST_NETWORK_CONTROL, PROTOCOL } from "../protocols.ts";
import type { FieldContext } from "./field-context.ts";
import { frameFields } from "./frame-fields.ts";

const NOTHING = new Uint8Array(0);

/**
 * The fields of a PPP frame of which a capture holds the beginning: what is there as in a whole frame,
 * options as far as they are whole. What the capture lacks has the value `[cut]`.
 */
export function cutFrameFields(octets: Uint8Array, context: FieldContext): readonly ShownField[] {
  const frame = decodeFrame(octets);
  if (!frame.ok)
    return [...(octets.length === 0 ? [] : [shownField("octets", hex(octets))]), cutField("protocol")];
  const { protocol, information } = frame.value;
  const head = octets.subarray(0, octets.length - information.length);
  const framing = frameFields(head, context).filter(({ name }) => name !== "information");
  const name = codeNameOf(protocol);
  if (protocol < FIRST_NETWORK_CONTROL || name === undefined) return [...framing, cutField("information")];
  const packet = decodeCutPacket(information);
  if (packet === undefined) return [...framing, cutField("code")];
  if (!packet.cut) return frameFields(octets, context);
  const { code, identifier, length } = packet;
  if (length === undefined)
    return [
      ...framing,
      shownField("code", code, `${code}(${name(code)})`),
      identifier === UNKNOWN_IDENTIFIER ? cutField("identifier") : shownField("identifier", identifier),
      cutField("length"),
      cutField("data"),
    ];
  return packetFields(head, protocol, { ...packet, length }, context);
}

type Measured = CutPacket & { readonly length: number };

function packetFields(
  head: Uint8Array,
  protocol: number,
  packet: Measured,
  context: FieldContext,
): ShownField[] {
  const { code, identifier, data, length } = packet;
  /** As of a packet that ends there, but for its length. */
  const upTo = (end: Uint8Array): ShownField[] =>
    frameFields(concat(head, encodePacket({ code, identifier, data: end })), context).map((field) =>
      field.name === "length" ? shownField("length", length) : field,
    );
  const headAlone = () => upTo(NOTHING).filter(({ name }) => HEAD.has(name));
  if (hasOptions(protocol, code)) return [...upTo(wholeOptions(data)), cutField("options")];
  if (protocol === PROTOCOL.chap && (code === CHAP.challenge || code === CHAP.response)) {
    const [size] = data;
    if (size === undefined)
      return [...headAlone(), cutField("value-size"), cutField("value"), cutField("name")];
    if (data.length < 1 + size)
      return [...headAlone(), shownField("value-size", size), cutField("value"), cutField("name")];
    return upTo(data).map((field) =>
      field.name === "name" ? begunText("name", data.subarray(1 + size)) : field,
    );
  }
  if (protocol === PROTOCOL.chap && (code === CHAP.success || code === CHAP.failure))
    return [
      ...headAlone(),
      ...upTo(withoutBegunSecret(data)).filter(({ name }) => !HEAD.has(name)),
      cutField("message"),
    ];
  if (protocol === PROTOCOL.pap) return [...headAlone(), ...papFields(packet)];
  if (protocol === PROTOCOL.eap)
    return hasEapType(code) && data.length > 0
      ? [...upTo(data.subarray(0, 1)).filter(({ name }) => name !== "type-data"), cutField("type-data")]
      : [...headAlone(), cutField("data")];
  const there = wholePart(protocol, packet);
  return [...(there === undefined ? headAlone() : upTo(there)), cutField("data")];
}

/** Fields that every frame has. */
const HEAD: ReadonlySet<string> = new Set(["address", "control", "protocol", "code", "identifier", "length"]);

/** RFC 1334 §2.2. The password is never there: it stands at the end. */
function papFields({ code, data }: Measured): ShownField[] {
  const [size] = data;
  const text = data.subarray(1);
  if (code !== PAP.request) return [begunText("message", text)];
  if (size === undefined) return [cutField("peer-id-length"), cutField("peer-id"), cutField("password")];
  const name =
    text.length < size ? begunText("peer-id", text) : shownField("peer-id", bare(text.subarray(0, size)));
  return [shownField("peer-id-length", size), name, cutField("password")];
}

const begunText = (name: string, octets: Uint8Array): ShownField =>
  octets.length === 0 ? cutField(name) : shownField(name, `${bare(octets)}${CUT}`);
