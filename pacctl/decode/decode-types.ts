import type { ShownField } from "../../server/wire/shown-field.ts";
import type { Words } from "../../verdicts/cause.ts";
import type { SeenCause } from "../../verdicts/register.ts";
import type { Stage } from "../../verdicts/stages.ts";
import type { Problem, Side } from "../capture/captured.ts";
import type { Credentials } from "./credentials.ts";

/** How a capture is to be decoded. */
export interface DecodeOptions {
  /** Passwords that were given; `NO_CREDENTIALS` for none. */
  readonly credentials: Credentials;
  /** Every field of every message. */
  readonly fields: boolean;
  /** A row for each packet of users' data and each lone acknowledgement; otherwise they are counted. */
  readonly packets: boolean;
  /** A row for each TCP segment too, and for copies and duplicates: nothing is left out. */
  readonly all: boolean;
  /** With `fields`: show passwords and what stands for them. */
  readonly secrets: boolean;
  /** Keep rows for a ladder that is drawn when its call is over. */
  readonly ladders: boolean;
}

/** A call while it goes on. */
export interface CallName {
  /** 1, 2, 3… in the order in which they were first seen. */
  readonly number: number;
  readonly client: string;
  readonly server: string;
  /** Nanoseconds after the first packet of the capture. */
  readonly begunAt: number;
}

/** One message of a call, or something that is said about it. */
export interface CallRow {
  /** Milliseconds since the call began. */
  readonly at: number;
  /** Where it stands for several: when the last of them was. */
  readonly until?: number;
  /** Who sent it; "note": nobody, it is said about the call. */
  readonly from: Side | "note";
  /** As docs/decode.md lists them. */
  readonly layer: string;
  /** One line. */
  readonly text: string;
  /** What is special about it: `sent again`. */
  readonly mark?: string;
  /** Everything in it, where that is wanted. */
  readonly fields?: readonly ShownField[];
}

/** A row with where it came from. */
export interface DecodedRow extends CallRow {
  /** Number of the packet in the capture, from 1. */
  readonly frame: number;
}

/** How long a stage took. */
export interface StageTime {
  readonly stage: Stage;
  /** It came to its end. */
  readonly done: boolean;
  /** Milliseconds from its first message to its end; to its last message where it has none. */
  readonly took: number;
  /** What was agreed, or how far it came. */
  readonly result: string;
}

/** In whose words a verdict speaks: docs/verdicts.md, docs/dial.md or docs/decode.md. */
export type VerdictSource = SeenCause["source"];

/** Why a call ended as it did. */
export interface DecodedVerdict extends Words {
  readonly source: VerdictSource;
  readonly code: SeenCause["code"];
  readonly evidence: string;
}

/** What became of users' packets of one call. */
export interface DataCounts {
  /** Packets of GRE by sender, lone acknowledgements included. */
  readonly gre: Readonly<Record<Side, number>>;
  /** Sequence numbers that are not in the capture. */
  readonly missing: Readonly<Record<Side, number>>;
  readonly encrypted: number;
  readonly decrypted: number;
  /** Encrypted packets that stayed so, by reason. */
  readonly undecrypted: Readonly<Record<string, number>>;
  /** Users' packets in clear. */
  readonly clear: number;
}

/** Something that a side did to end a call. */
export interface EndingStep {
  /** Milliseconds since the call began. */
  readonly at: number;
  readonly from: Side;
  /** Behind who did it: `sent a Call-Clear-Request`. */
  readonly text: string;
}

/** A call that is over, or that the capture ends with. */
export interface DecodedCall extends CallName {
  /** Empty unless `ladders` was asked for. */
  readonly rows: readonly CallRow[];
  /** Names and values that stand above its rows: user, encryption. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly stages: readonly StageTime[];
  /** What was noticed besides: packets that are missing, a password that does not fit. */
  readonly findings: readonly string[];
  readonly verdict: DecodedVerdict;
  /** What either side did to end it, in the order of time. */
  readonly endings: readonly EndingStep[];
  /** Nanoseconds after the first packet of the capture: the last packet of this call. */
  readonly endedAt: number;
  /** As the client sent it, printable; undefined where no log-in was seen. */
  readonly user: string | undefined;
  /** As LCP agreed; undefined: not seen. */
  readonly method: string | undefined;
  /** `MPPE 128 bits stateless`, `none`; undefined: not seen. */
  readonly encryption: string | undefined;
  readonly address: string | undefined;
  readonly callIds: { readonly client: number | undefined; readonly server: number | undefined };
  /** Number of the call that is the same dial, seen on the other side of a NAT; undefined: there is none. */
  readonly sameAs: number | undefined;
  readonly data: DataCounts;
}

/** A packet from inside a tunnel, IPv4 or IPv6. */
export interface InnerPacket {
  /** Nanoseconds after the first packet of the capture. */
  readonly at: number;
  /** As far as it was captured. A view. */
  readonly octets: Uint8Array;
  /** Octets of the whole. */
  readonly length: number;
}

/** Takes what was decoded, as it comes. */
export interface DecodeSink {
  row(call: CallName, row: DecodedRow): void;
  over(call: DecodedCall): void;
  inner(call: CallName, packet: InnerPacket): void;
  problem(problem: Problem): void;
}
