import { hex } from "../../wire/bytes.ts";
import { shownField } from "../../wire/shown-field.ts";
import { seen } from "./shown-value.ts";
import { shortHex } from "./value-codec.ts";

/** A vendor's own option (RFC 2153 §2): its Organizationally Unique Identifier, a kind, and values. */
export const vendor = () =>
  seen((from) => {
    const oui = from.octets(3);
    const kind = from.u8();
    const values = from.rest();
    return {
      text: `${hex(oui)},kind-${kind}${values.length === 0 ? "" : `,${shortHex(values)}`}`,
      words: `of the vendor with the identifier ${hex(oui)}, kind ${kind}`,
      parts: [
        shownField("oui", Number.parseInt(hex(oui), 16), hex(oui)),
        shownField("kind", kind),
        ...(values.length === 0 ? [] : [shownField("values", hex(values))]),
      ],
    };
  });
