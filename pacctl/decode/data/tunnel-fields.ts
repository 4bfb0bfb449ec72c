import { looseGre } from "../../../server/gre/gre-fields.ts";
import { describeCutFrame } from "../../../server/ppp/describe/describe-cut-frame.ts";
import { describeFrame } from "../../../server/ppp/describe/describe-frame.ts";
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

/** What stands in GRE that RFC 2637 does not allow; undefined: nothing that PPTP would carry. */
export function malformedText(payload: Uint8Array | undefined, isCut: boolean): string {
  if (payload === undefined) return "not PPTP's";
  const { layer, text } = isCut ? describeCutFrame(payload) : describeFrame(payload);
  return `not allowed by RFC 2637, holds ${layer.toUpperCase()} ${text}`;
}
