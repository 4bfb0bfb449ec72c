import type { MppeStrength } from "../../crypto/mppe-keys.ts";
import { shownField } from "../../wire/shown-field.ts";
import { ack, nak, option } from "../negotiation/option.ts";
import { u32 } from "../negotiation/value-codec.ts";
import type { CcpPolicy } from "./ccp-policy.ts";

/** One way to encrypt, of those that option 18 can name. */
export interface MppeMode {
  readonly strength: MppeStrength;
  readonly stateless: boolean;
}

/** The H bit: the key changes with every packet (RFC 3078 §2.1). */
const STATELESS = 0x01000000;

/** The M, S and L bits (RFC 3078 §2.1). */
const STRENGTH: Readonly<Record<MppeStrength, number>> = { 56: 0x80, 128: 0x40, 40: 0x20 };
const STRENGTHS: readonly MppeStrength[] = [128, 56, 40];

const BITS: readonly (readonly [string, number, letter: string])[] = [
  ["stateless", STATELESS, "H"],
  ["56", STRENGTH[56], "M"],
  ["128", STRENGTH[128], "S"],
  ["40", STRENGTH[40], "L"],
  ["obsolete", 0x10, "D"],
  ["mppc", 0x01, "C"],
];

/** Bits that RFC 3078 §2.1 gives no meaning. */
const UNKNOWN = ~BITS.reduce((known, [, bit]) => known | bit, 0);

/** The mode that the bits name; undefined where they name none, several, or something beside it. */
export function mppeMode(bits: number): MppeMode | undefined {
  const stateless = (bits & STATELESS) !== 0;
  const strength = STRENGTHS.find((one) => mppeBits({ strength: one, stateless }) === bits);
  return strength === undefined ? undefined : { strength, stateless };
}

/**
 * The mode that a request of ours stands for once it is acknowledged as it is. Of several strengths that is
 * the longest: the one that a client should have picked by a Nak (RFC 3078 §2.1).
 */
export function proposedMode(bits: number): MppeMode | undefined {
  const strength = STRENGTHS.find((one) => (bits & STRENGTH[one]) !== 0);
  return strength === undefined ? undefined : { strength, stateless: (bits & STATELESS) !== 0 };
}

/** The bits that name a mode, and nothing else. */
export const mppeBits = ({ strength, stateless }: MppeMode): number =>
  STRENGTH[strength] | (stateless ? STATELESS : 0);

/**
 * MPPE Supported Bits, CCP option 18 (RFC 3078 §2.1). We ask for all lengths allowed, stateless, and the
 * client picks one: a pppd with 40 bits alone hangs up on a request for 128. What is not one allowed mode is
 * answered by a Nak with the best of what was asked for, or else the best there is: Windows 10 opens without
 * any strength, Windows 2000 with all, and both settle. Never rejected, since that would switch the peer's
 * encryption off.
 */
export const mppe = option({
  code: 18,
  name: "mppe",
  value: {
    ...u32(),
    text: (value) => {
      const names = BITS.filter(([, bit]) => (value & bit) !== 0).map(([name]) => name);
      return `${value.toString(16).padStart(8, "0")}(${names.join(",")})`;
    },
    words: inWords,
    parts: (value) => [
      ...BITS.map(([name, bit, letter]) => shownField(`${letter}-${name}`, (value & bit) === 0 ? 0 : 1)),
      ...((value & UNKNOWN) === 0 ? [] : [shownField("unknown-bits", (value & UNKNOWN) >>> 0)]),
    ],
  },
  absent: 0,
  propose: all,
  judge: (asked, policy: CcpPolicy) => (allows(policy, mppeMode(asked)) ? ack : nak(nearest(asked, policy))),
  hint: best,
  required: true,
  onNak: (offered, own, policy) =>
    strongest(offered, policy) === undefined ? own : nearest(offered, policy),
  onReject: "end",
  deadlock: "end",
});

/** What the letters of RFC 3078 §2.1 stand for. */
const MEANINGS: Readonly<Record<string, string>> = {
  H: "stateless",
  M: "56 bits",
  S: "128 bits",
  L: "40 bits",
  D: "obsolete",
  C: "MPPC compression",
};

function inWords(value: number): string {
  const set = BITS.filter(([, bit]) => (value & bit) !== 0).map(
    ([, , letter]) => `${letter} ${MEANINGS[letter]}`,
  );
  const unknown = (value & UNKNOWN) >>> 0;
  if (unknown !== 0) set.push(`without a meaning ${hexadecimal(unknown)}`);
  return `${hexadecimal(value)} (${set.length === 0 ? "no bit: neither encryption nor compression" : set.join(", ")})`;
}

const hexadecimal = (value: number): string => value.toString(16).padStart(8, "0");

/** RFC 3078 §2.1: who asks "SHOULD request all of the options it supports". */
function all({ strengths }: CcpPolicy): number {
  return strengths.reduce<number>((bits, strength) => bits | STRENGTH[strength], STATELESS);
}

function best({ strengths }: CcpPolicy): number {
  return mppeBits({ strength: strengths[0]!, stateless: true });
}

function allows({ strengths, stateful }: CcpPolicy, mode: MppeMode | undefined): boolean {
  return mode !== undefined && strengths.includes(mode.strength) && (mode.stateless || stateful);
}

const strongest = (bits: number, { strengths }: CcpPolicy): MppeStrength | undefined =>
  strengths.find((strength) => (bits & STRENGTH[strength]) !== 0);

/**
 * The allowed mode that is nearest to what the bits say; stateful only for who leaves the stateless bit out.
 */
function nearest(bits: number, policy: CcpPolicy): number {
  const strength = strongest(bits, policy) ?? policy.strengths[0]!;
  return mppeBits({ strength, stateless: !policy.stateful || (bits & STATELESS) !== 0 });
}
