import { concat } from "../../../server/wire/bytes.ts";
import { fc } from "../../support/fc.ts";
import type { Change } from "../changes.ts";

/** What happens next in a dialogue; those that stand here more than once happen more often. */
const KINDS = [
  ...["flow", "flow", "flow", "flow", "flow", "flow", "flow", "flow"],
  ...["spoil", "spoil", "spoil", "frame", "frame", "frame", "control", "control", "time", "time"],
  ...[
    "drop",
    "twice",
    "swap",
    "gre",
    "data",
    "office",
    "close",
    "api",
    "dial",
    "again",
    "goodbye",
    "segments",
  ],
] as const;

export type StepKind =
  /** The client sends what it owes, as many messages as `which` says. */
  | "flow"
  /** The next message is spoilt, lost, sent twice, or overtaken. */
  | "spoil"
  | "drop"
  | "twice"
  | "swap"
  /** A control message, a PPP frame, or a GRE packet that nobody asked for. */
  | "control"
  | "frame"
  | "gre"
  /** An inner packet from the client, or for it. */
  | "data"
  | "office"
  | "time"
  /** TCP closes. */
  | "close"
  /** An administrator does something. */
  | "api"
  /** A further client dials, or this one on the same control connection. */
  | "dial"
  /** A layer is negotiated anew. */
  | "again"
  | "goodbye"
  /** From now on TCP segments have this length. */
  | "segments";

export interface Step {
  readonly kind: StepKind;
  readonly which: number;
  readonly change: Change;
}

/** Octets of a step: kind, which, and what to spoil where and how. */
const OCTETS = 6;

/** The steps of a dialogue; every string of octets is one. */
export function stepsOf(input: Uint8Array): Step[] {
  return Array.from({ length: Math.ceil(input.length / OCTETS) }, (_, i): Step => {
    const [kind = 0, which = 0, how = 0, high = 0, low = 0, value = 0] = input.subarray(i * OCTETS);
    return {
      kind: KINDS[kind % KINDS.length] as StepKind,
      which,
      change: { kind: how, at: (high << 8) | low, value },
    };
  });
}

const octet = fc.nat(0xff);

/** Where to spoil: mostly in the first octets, where the lengths and codes are. */
const place = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: octet });

const step = fc
  .tuple(fc.nat(KINDS.length - 1), octet, octet, place, fc.oneof(fc.nat(24), octet), octet)
  .map((octets) => Uint8Array.from(octets));

/** Which server and how much of a dial comes first, how the first client is, then up to forty steps. */
export const dialogues: fc.Arbitrary<Uint8Array> = fc
  .tuple(octet, octet, fc.array(step, { maxLength: 40, size: "max" }))
  .map(([server, habits, steps]) => concat(Uint8Array.of(server, habits), ...steps));
