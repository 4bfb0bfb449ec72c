import { hex } from "../../wire/bytes.ts";
import { bare, printable } from "../../wire/printable.ts";
import type { Reader } from "../../wire/reader.ts";
import { shownField } from "../../wire/shown-field.ts";
import { named, seen } from "../negotiation/shown-value.ts";

/** Who says where the server is to call back: RFC 1570 §2.3; 6: Microsoft's, as Windows always asks. */
const OPERATIONS: Readonly<Record<number, readonly [name: string, words: string]>> = {
  0: ["user-authentication", "who logs in decides where to call back"],
  1: ["dialing-string", "call back with this dialing string"],
  2: ["location", "call back to this location of the server's list"],
  3: ["e164", "call back to this E.164 number"],
  4: ["name", "call back to this distinguished name"],
  6: ["cbcp", "the Callback Control Protocol decides where to call back"],
};

const NAMES = Object.fromEntries(Object.entries(OPERATIONS).map(([number, [name]]) => [number, name]));

/** The value of Callback, LCP option 13: `cbcp`, `dialing-string,"5551234"`. */
export const callback = () =>
  seen((from: Reader) => {
    const operation = from.u8();
    const message = from.rest();
    const [name, words] = OPERATIONS[operation] ?? [
      `operation-${operation}`,
      "an operation that is not known",
    ];
    const said = message.length === 0 ? "" : `"${printable(message, message.length)}"`;
    return {
      text: said === "" ? name : `${name},"${printable(message)}"`,
      words: `${operation} (${words})${said === "" ? "" : `: ${said}`}`,
      parts: [
        shownField("operation", operation, named(NAMES, operation)),
        ...(said === ""
          ? []
          : [
              { ...shownField("message", bare(message), said), fields: [shownField("octets", hex(message))] },
            ]),
      ],
    };
  });
