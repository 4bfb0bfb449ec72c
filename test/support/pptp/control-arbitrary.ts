import type { Declaration } from "../../../server/pptp/messages/declaration.ts";
import type { Field } from "../../../server/pptp/messages/field.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { MESSAGES } from "../../../server/pptp/messages/registry.ts";
import { fc } from "../fc.ts";

/** Any message of this declaration, derived from its fields. */
export function arbitraryOf(declaration: Declaration): fc.Arbitrary<ControlMessage> {
  const fields = Object.entries(declaration.fields)
    .filter(([, field]) => field.kind !== "reserved")
    .map(([name, field]) => [name, valuesOf(field)]);
  const record = { type: fc.constant(declaration.type), ...Object.fromEntries(fields) };
  // Without a prototype, as fast-check makes some, a message would never equal a decoded one.
  return fc.record(record, { noNullPrototype: true }) as unknown as fc.Arbitrary<ControlMessage>;
}

/** Any of the fifteen. */
export const anyControlMessage = fc.oneof(...MESSAGES.map((declaration) => arbitraryOf(declaration)));

function valuesOf({ kind, size }: Field<unknown>): fc.Arbitrary<unknown> {
  switch (kind) {
    case "unsigned":
      return fc.integer({ min: 0, max: 2 ** (8 * size) - 1 });
    case "octets":
      return fc.uint8Array({ minLength: size, maxLength: size });
    case "text":
      return fc
        .array(fc.integer({ min: 1, max: 0xff }), { maxLength: size })
        .map((octets) => String.fromCharCode(...octets));
    case "reserved":
      return fc.constant(undefined);
  }
}
