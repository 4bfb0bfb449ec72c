import type { ShownField } from "../server/wire/shown-field.ts";
import type { Words } from "../verdicts/cause.ts";
import type { Stage } from "../verdicts/stages.ts";

/** One dial, ready to be drawn. */
export interface Ladder {
  /** What the reader knows it by: `Call 3`. */
  readonly title: string;
  /** Client and server, as they are to be called: mostly addresses. */
  readonly client: string;
  readonly server: string;
  /** Names and values that stand above the ladder: user, time, encryption. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly rows: readonly LadderRow[];
  /** What was noticed besides: a capture that lacks packets, a password that does not fit. */
  readonly findings: readonly string[];
  readonly stages: readonly StageTime[];
  /** Its session had come up, whatever became of it: an end as it should be is no failure then. */
  readonly up: boolean;
  readonly verdict: LadderVerdict;
}

/** One message, or something that happened beside the messages. */
export interface LadderRow {
  /** Milliseconds since the beginning of the ladder. */
  readonly at: number;
  /** Where it stands for several: when the last of them was. */
  readonly until?: number;
  /** Who sent it; "note": nobody, it is said about the dial. */
  readonly from: "client" | "server" | "note";
  /**
   * tcp, pptp, gre, icmp, lcp, pap, chap, eap, ccp, ipcp, ipv6cp, ppp, mppe, ip; of a note whatever it is
   * about.
   */
  readonly layer: string;
  /** One line. */
  readonly text: string;
  /** What is special about it: `sent again`. */
  readonly mark?: string;
  /** Everything in it, where that is wanted. */
  readonly fields?: readonly ShownField[];
}

/** How long a stage took. */
export interface StageTime {
  readonly stage: Stage;
  /** done: it came to its end. */
  readonly done: boolean;
  /** Milliseconds from its first message to its end; to its last message where it has none. */
  readonly took: number;
  /** What was agreed, or how far it came. */
  readonly result: string;
}

/** Why a dial ended as it did. */
export interface LadderVerdict extends Words {
  readonly code: string;
  readonly evidence: string;
}
