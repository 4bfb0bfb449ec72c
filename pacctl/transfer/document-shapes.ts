import { GROUP_FIELDS } from "../../server/policy/group-policy.ts";
import { CSV_CELLS } from "../import/csv-columns.ts";
import { orNull, type Shape, TEXT } from "../import/shapes.ts";

/** Fields of a user in a document, as the API has them. */
export const USER_SHAPES: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(Object.entries(CSV_CELLS).map(([field, { shape }]) => [field, shape])),
  group: orNull(TEXT),
};

/** Those of a group, of whose policy null is what it does not decide. */
export const GROUP_SHAPES: Readonly<Record<string, Shape>> = {
  name: TEXT,
  comment: TEXT,
  ...Object.fromEntries(GROUP_FIELDS.map((field) => [field, orNull(CSV_CELLS[field]!.shape)])),
};
