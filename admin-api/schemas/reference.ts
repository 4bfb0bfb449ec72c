import { type Static, type TSchema, Type } from "typebox";

/** What requests and answers are written in. */
export const JSON_TYPE = "application/json";

/** RFC 7396: what is left out stays, null takes back. */
export const MERGE_PATCH_TYPE = "application/merge-patch+json";

/** A reference to a schema that `app.addSchema` knows, with that schema's static type. */
export const reference = <T extends TSchema>(schema: T) => {
  const id = (schema as { $id?: string }).$id;
  if (id === undefined) throw new TypeError("only schemas with an $id can be referred to");
  return Type.Unsafe<Static<T>>({ $ref: `${id}#` });
};

/** An ID of ours. Any text is taken in a request: one that is none is not found. */
export const idText = (description: string) =>
  Type.String({ description, examples: ["5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"] });

/** The same or null. */
export const nullableId = (description: string) =>
  nullableString({ description, examples: ["5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"] });

/** A string or null. One `type` instead of `anyOf`, so that an error names the field and not a branch. */
export const nullableString = (options: {
  description: string;
  examples?: (string | null)[];
  format?: string;
}) => Type.Unsafe<string | null>({ type: ["string", "null"], ...options });

/** Takes null as well. */
export const orNull = <T extends TSchema>(schema: T) => {
  const { type, enum: words } = schema as { type?: string | readonly string[]; enum?: readonly unknown[] };
  const nullable = { ...schema, type: [...new Set([type, "null"].flat())] };
  return Type.Unsafe<Static<T> | null>(
    words === undefined ? nullable : { ...nullable, enum: [...words, null] },
  );
};

/** A whole number or null, likewise. */
export const nullableInteger = (options: {
  description: string;
  minimum: number;
  maximum: number;
  examples: number[];
}) => Type.Unsafe<number | null>({ type: ["integer", "null"], ...options });

/** Texts, at most `maxItems`. */
export const listOfStrings = (options: { description: string; maxItems: number; examples: string[][] }) =>
  Type.Unsafe<readonly string[]>({ type: "array", items: { type: "string" }, ...options });

/** One of these words. One `enum`, likewise. */
export const oneOf = <const Word extends string>(words: readonly Word[], options: { description: string }) =>
  Type.Unsafe<Word>({ type: "string", enum: words, ...options });

/**
 * For objects of requests: an unknown field is an error. For answers: nothing that is not listed leaves the
 * server.
 */
export const CLOSED = { additionalProperties: false } as const;
