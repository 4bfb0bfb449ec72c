import { mostTelling } from "../../verdicts/ras-causes.ts";
import { rasErrorWords } from "../../verdicts/ras-errors.ts";
import { printable } from "../wire/printable.ts";
import { Reader } from "../wire/reader.ts";
import { Writer } from "../wire/writer.ts";
import { CODE } from "./codes.ts";
import type { Packet } from "./packet.ts";
import { PROTOCOL } from "./protocols.ts";

/**
 * The Data of a Terminate-Request or -Ack of any control protocol. RFC 1661 §5.5 lets it be anything: pppd
 * and pacd write a text, Windows a number, many nothing.
 */
export type TerminateData =
  | { readonly kind: "nothing" }
  | { readonly kind: "text"; readonly octets: Uint8Array }
  | WindowsTermination;

/** A Terminate-Request as its receiver, or whoever listens, has to judge it. */
export interface Termination {
  readonly protocol: "lcp" | "ccp" | "ipcp";
  readonly data: TerminateData;
}

/** The Termination in a packet of this protocol; undefined: the packet is no Terminate-Request of it. */
export function terminationIn(protocol: number, { code, data }: Packet): Termination | undefined {
  const name = NAMES.get(protocol);
  if (name === undefined || code !== CODE.terminateRequest) return undefined;
  return { protocol: name, data: decodeTerminateData(data) };
}

const NAMES = new Map<number, Termination["protocol"]>([
  [PROTOCOL.lcp, "lcp"],
  [PROTOCOL.ccp, "ccp"],
  [PROTOCOL.ipcp, "ipcp"],
]);

/** Of two by one side the one whose number of Windows' tells more; the first where they tell as much. */
export function moreTelling(one: Termination, other: Termination): Termination {
  const numbers = [one, other].flatMap(({ protocol, data }) =>
    data.kind === "windows" ? [{ protocol, error: data.error }] : [],
  );
  const best = mostTelling(numbers);
  return best !== undefined && numbers.length === 2 && best === numbers[1] ? other : one;
}

/** What Windows writes, client and server alike. */
interface WindowsTermination {
  readonly kind: "windows";
  /** The sender's Magic-Number. */
  readonly magic: number;
  /** A RAS error, as the Windows that sends it shows it to its user; 0: none. */
  readonly error: number;
}

/** Between the Magic-Number and the error: what makes Windows' Data known. */
const WINDOWS = 0x003c_cd74;

/** Magic-Number, that mark and the error, 32 bits each. */
const WINDOWS_SIZE = 12;

/** Never fails: whatever is not Windows' is a text, printable or not. The octets are a view. */
export function decodeTerminateData(data: Uint8Array): TerminateData {
  if (data.length === 0) return { kind: "nothing" };
  const reader = new Reader(data);
  const [magic, mark, error] = [reader.u32(), reader.u32(), reader.u32()];
  return data.length === WINDOWS_SIZE && mark === WINDOWS
    ? { kind: "windows", magic, error }
    : { kind: "text", octets: data };
}

/** The octets of it. */
export function encodeTerminateData(data: TerminateData): Uint8Array {
  switch (data.kind) {
    case "nothing":
      return new Uint8Array(0);
    case "text":
      return data.octets;
    case "windows":
      return new Writer(WINDOWS_SIZE).u32(data.magic).u32(WINDOWS).u32(data.error).bytes();
  }
}

/** For a line: `"MPPE disabled"`, `Windows error 742: the other side …`; nothing for nothing. */
export function terminateText(data: TerminateData): string {
  switch (data.kind) {
    case "nothing":
      return "";
    case "text":
      return `"${printable(data.octets)}"`;
    case "windows":
      return `Windows error ${data.error}: ${wordsOf(data.error)}`;
  }
}

/**
 * For a sentence, behind "sent an LCP Terminate-Request": `with Windows' error 742 (the other side …)`. `up`:
 * the session had come up.
 */
export function terminateWords(data: TerminateData, up = false): string {
  switch (data.kind) {
    case "nothing":
      return "without a reason";
    case "text": {
      const said = printable(data.octets);
      return `saying "${said}"${up && said === PPPD_GOODBYE ? " (pppd's ordinary goodbye)" : ""}`;
    }
    case "windows":
      return `with Windows' error ${data.error} (${wordsOf(data.error)})`;
  }
}

/** As pppd ends any session that had MPPE, twice: it takes MPPE down first. */
const PPPD_GOODBYE = "MPPE disabled";

/**
 * Does its text say that the other side has to encrypt? `MPPE required but peer refused` of pppd, `128-bit
 * MPPE encryption is required` of pacd.
 */
export const demandsEncryption = (data: TerminateData): boolean =>
  data.kind === "text" && /MPPE.*required/i.test(printable(data.octets));

const wordsOf = (error: number): string => rasErrorWords(error) ?? "a number that is not known here";
