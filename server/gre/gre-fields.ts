import { hex } from "../wire/bytes.ts";
import { Reader } from "../wire/reader.ts";
import { cutField, type ShownField, shownField } from "../wire/shown-field.ts";
import { greHeaderLength } from "./header.ts";

/** The bits of the first two octets, the highest first (RFC 2637 §4.1). */
const FLAGS: readonly (readonly [name: string, mask: number, right: number | undefined])[] = [
  ["C-checksum-present", 0x8000, 0],
  ["R-routing-present", 0x4000, 0],
  ["K-key-present", 0x2000, 1],
  ["S-sequence-present", 0x1000, undefined],
  ["s-strict-source-route", 0x0800, 0],
  ["recursion-control", 0x0700, 0],
  ["A-acknowledgement-present", 0x0080, undefined],
  ["flags", 0x0078, 0],
  ["version", 0x0007, 1],
];

const SEQUENCE = 0x1000;
const ACKNOWLEDGEMENT = 0x0080;
const PPP = 0x880b;

/**
 * An enhanced GRE header as a reader of captures takes it: what `readGre` refuses is read as far as it goes.
 */
export interface LooseGre {
  readonly fields: readonly ShownField[];
  /** Undefined where there is no room for one. */
  readonly callId: number | undefined;
  /** PPP; undefined where this is other GRE or nothing follows. A view. */
  readonly payload: Uint8Array | undefined;
}

/**
 * The call ID of enhanced GRE with PPP, whatever else is wrong with it; undefined for other GRE, or where
 * there is none.
 */
export function greCallId(octets: Uint8Array): number | undefined {
  if (octets.length < 8 || (octets[1]! & 0x07) !== 1) return undefined;
  if (((octets[2]! << 8) | octets[3]!) !== PPP) return undefined;
  return (octets[6]! << 8) | octets[7]!;
}

/**
 * Every field of the header by its name, with what should stand there, and what lies behind it. `cut`: the
 * octets are the beginning of a packet; a field that is not whole has the value `[cut]`.
 */
export function looseGre(octets: Uint8Array, cut = false): LooseGre {
  const reader = new Reader(octets);
  if (octets.length < 8)
    return { fields: [shownField("octets", hex(octets))], callId: undefined, payload: undefined };
  const flags = reader.u16();
  const protocol = reader.u16();
  const length = reader.u16();
  const callId = reader.u16();
  const fields: ShownField[] = [
    {
      ...shownField("flags-and-version", flags, `0x${hex(octets.subarray(0, 2))} (${flagNames(flags)})`),
      fields: FLAGS.map(bits(flags)),
    },
    shownField("protocol-type", protocol, protocolText(protocol)),
    shownField("payload-length", length, `${length} octets`),
    shownField("call-id", callId, `${callId} (the receiver's)`),
  ];
  const number = (name: string) => {
    if (reader.remaining >= 4) fields.push(shownField(name, reader.u32()));
    else if (cut) {
      reader.rest();
      fields.push(cutField(name));
    }
  };
  if ((flags & SEQUENCE) !== 0) number("sequence-number");
  if ((flags & ACKNOWLEDGEMENT) !== 0) number("acknowledgement-number");
  const enhanced = (flags & 0x0007) === 1 && protocol === PPP;
  if (enhanced) {
    const header = greHeaderLength((flags & SEQUENCE) !== 0, (flags & ACKNOWLEDGEMENT) !== 0);
    fields.unshift(shownField("header-length", header, `${header} octets`));
  }
  const payload = reader.octets(Math.min(length, reader.remaining));
  return {
    fields,
    callId: enhanced ? callId : undefined,
    payload: enhanced && payload.length > 0 ? payload : undefined,
  };
}

/** `key, sequence, version 1`. */
const flagNames = (flags: number): string =>
  [
    ...FLAGS.filter(([name, mask]) => name !== "version" && (flags & mask) !== 0).map(([name]) =>
      name.replace(/^.-|-present$/g, ""),
    ),
    `version ${flags & 0x0007}`,
  ].join(", ");

const bits =
  (flags: number) =>
  ([name, mask, right]: (typeof FLAGS)[number]): ShownField => {
    const value = (flags & mask) / (mask & -mask);
    return shownField(name, value, unless(String(value), right === undefined || value === right));
  };

function protocolText(protocol: number): string {
  const digits = `0x${protocol.toString(16).padStart(4, "0")}`;
  return unless(digits, protocol === PPP) ?? digits;
}

/** Undefined where the value says enough. */
const unless = (text: string, right: boolean): string | undefined =>
  right ? undefined : `${text} (not allowed by RFC 2637)`;
