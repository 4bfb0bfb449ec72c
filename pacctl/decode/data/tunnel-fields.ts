import { looseGre } from "../../../server/gre/gre-fields.ts";
import { cutFrameFields } from "../../../server/ppp/fields/cut-frame-fields.ts";
import type { FieldContext } from "../../../server/ppp/fields/field-context.ts";
import { frameFields } from "../../../server/ppp/fields/frame-fields.ts";
import { type ShownField, shownField } from "../../../server/wire/shown-field.ts";
import { encryptedFields } from "./encrypted-text.ts";

/** The GRE header as one field. `isCut`: the octets are the beginning of a packet. */
export const greField = (octets: Uint8Array, isCut: boolean): ShownField => ({
  ...shownField("gre", "", "header of enhanced GRE"),
  fields: looseGre(octets, isCut).fields,
});

/** A PPP frame, and what stands before the ciphertext in it. */
export function pppFields(frame: Uint8Array, isCut: boolean, context: FieldContext): readonly ShownField[] {
  const shown = isCut ? cutFrameFields(frame, context) : frameFields(frame, context);
  return shown.flatMap((field) =>
    field.name === "information" ? [...encryptedFields(frame), field] : [field],
  );
}
