import type { Problem } from "../captured.ts";
import type { ProblemCode } from "../problems.ts";

/** What a file is made of, for whoever looks into it. */
export interface RecordSink {
  /** Interfaces come before their packets, and are numbered from 0 over the whole file. */
  interface(linkType: number, name: string | undefined): void;
  /**
   * A packet: octets `from` up to, not including, `to`. `original` is its length on the wire, `at`
   * nanoseconds after the first packet. The bytes may change after the call.
   */
  packet(
    bytes: Uint8Array,
    from: number,
    to: number,
    original: number,
    interfaceId: number,
    at: number,
  ): void;
  /** Something that counts as a packet, of which nothing can be read. */
  unreadable(kind: "malformed" | "unknown-link" | "other-link"): void;
  problem(problem: Pick<Problem, "code" | "offset" | "ended" | "detail">): void;
}

/** What a format asks of the octets. */
export interface Format {
  readonly name: "pcap" | "pcapng";
  /** Time of the first packet, in nanoseconds of the Unix epoch. */
  readonly startedAt: bigint | undefined;
  /**
   * Reads one record that begins at octet `from`; `to` is where the octets that are there end, `offset` where
   * in the file the record begins. Gives the octets it took; or 0, and says in `wanted` how many must be
   * there.
   */
  read(bytes: Uint8Array, from: number, to: number, offset: number): number;
  /** Octets that the record at hand needs; more than it was shown. */
  readonly wanted: number;
  /** Octets behind the record that are to be passed over unseen. Whoever asks does so. */
  takeSkip(): number;
  /** Nothing behind can be read. */
  readonly ended: boolean;
  /** Where in the file the record began that is not whole yet, although octets were taken. */
  readonly openSince: number | undefined;
}

/** For problems that end the reading, and such that do not. */
export const ending = (code: ProblemCode, offset: number, detail = "") => ({
  code,
  offset,
  ended: true,
  detail,
});
export const passing = (code: ProblemCode, offset: number, detail = "") => ({
  code,
  offset,
  ended: false,
  detail,
});
