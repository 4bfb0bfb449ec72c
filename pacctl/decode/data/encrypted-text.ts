import { PppHeader } from "../../../server/ppp/ppp-header.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { CUT, type ShownField, shownField } from "../../../server/wire/shown-field.ts";

/** The bits before the coherency count (RFC 3078 §3.1). */
const BITS: readonly (readonly [name: string, bit: number])[] = [
  ["A flushed", 0x8000],
  ["B to front", 0x4000],
  ["C compressed", 0x2000],
  ["D encrypted", 0x1000],
];

const COUNT = 0x0fff;

const ppp = new PppHeader();

/** `count 25 (A flushed, D encrypted), 94 octets`. `at`: behind the protocol; `length`: of all the frame. */
export function encryptedText(frame: Uint8Array, at: number, length: number): string {
  if (length < at + 2) return `${length} octets, too short for MPPE`;
  if (frame.length < at + 2) return `count ${CUT}, ${length - at - 2} octets`;
  const header = (frame[at]! << 8) | frame[at + 1]!;
  const bits = BITS.filter(([, bit]) => (header & bit) !== 0).map(([name]) => name);
  return `count ${header & COUNT} (${bits.join(", ")}), ${length - at - 2} octets`;
}

/** The header of MPPE as fields; none where the frame holds something else, or too little. */
export function encryptedFields(frame: Uint8Array): readonly ShownField[] {
  if (!ppp.read(frame, 0, frame.length) || ppp.protocol !== PROTOCOL.compressed) return [];
  const at = ppp.information;
  if (frame.length < at + 2) return [];
  const header = (frame[at]! << 8) | frame[at + 1]!;
  return [
    {
      ...shownField("mppe", header, encryptedText(frame, at, frame.length).replace(/, \d+ octets$/, "")),
      fields: [
        ...BITS.map(([name, bit]) => shownField(name.replaceAll(" ", "-"), (header & bit) === 0 ? 0 : 1)),
        shownField("coherency-count", header & COUNT),
      ],
    },
  ];
}
