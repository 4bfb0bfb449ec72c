import { fieldText, type ShownField } from "../../server/wire/shown-field.ts";

/** Fields as a ladder lists them, parts indented by two. */
export const fieldLines = (fields: readonly ShownField[], depth = 0): string[] =>
  fields.flatMap((field) => [
    `${"  ".repeat(depth)}${field.name}: ${fieldText(field)}`,
    ...fieldLines(field.fields ?? [], depth + 1),
  ]);
