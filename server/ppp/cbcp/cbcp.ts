import { bare, printable } from "../../wire/printable.ts";
import type { Reader } from "../../wire/reader.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import type { Options } from "../negotiation/protocol.ts";
import { refused } from "../negotiation/refused-option.ts";
import { seen } from "../negotiation/shown-value.ts";

/** Codes of the Callback Control Protocol's packets (Microsoft's, MS-CBCP in all versions of Windows). */
const CODES: Readonly<Record<number, string>> = {
  1: "Callback-Request",
  2: "Callback-Response",
  3: "Callback-Ack",
};

/** `Callback-Request`, or `code-9`. */
export const cbcpCodeName = (code: number): string => CODES[code] ?? `code-${code}`;

/** Have packets of this code options? */
export const isCbcpCode = (code: number): boolean => CODES[code] !== undefined;

const PHONE = 1;

/** Ours: characters of numbers that one line shows. */
const SHOWN = 64;

/** Nobody calls back: nothing is to be said of it. */
const none = seen((from) => {
  from.rest();
  return { text: "", words: "nobody calls back" };
});

/** Seconds to wait, and numbers to call. */
const callback = seen((from) => {
  if (from.remaining === 0) return { text: "", words: "without delay or number" };
  const delay = from.u8();
  const numbers: ShownField[] = [];
  while (from.remaining > 0) numbers.push(number(from));
  const shown = numbers.map(({ text }) => text).join(",");
  const most = shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
  return {
    text: `${delay}-s${shown === "" ? "" : `,${most}`}`,
    words: `after ${delay} s${shown === "" ? "" : `, to ${shown}`}`,
    parts: [shownField("delay", delay, `${delay} s`), ...numbers],
  };
});

/** A type, and text up to a zero or the end. */
function number(from: Reader): ShownField {
  const type = from.u8();
  const octets: number[] = [];
  while (from.remaining > 0) {
    const octet = from.u8();
    if (octet === 0) break;
    octets.push(octet);
  }
  const text = Uint8Array.from(octets);
  return {
    ...shownField("address", bare(text), `"${printable(text, text.length)}"`),
    fields: [shownField("address-type", type, type === PHONE ? "1(phone)" : String(type))],
  };
}

/** What a server offers, and a client chooses. For traces alone: pacd calls nobody back. */
export const cbcp: Options<unknown> = {
  options: [
    refused(1, "no-callback", none),
    refused(2, "callback-to-users-number", callback),
    refused(3, "callback-to-set-number", callback),
    refused(4, "callback-to-listed-number", callback),
  ],
};
