import { type TSchema, Type } from "typebox";
import { ERRORS, type ErrorCode } from "../../server/errors/register.ts";

/** Refusals by status, as the OpenAPI document shows them: each lists its codes. */
export function refusals(...codes: readonly ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      {
        description: names.join(", "),
        content: { "application/problem+json": { schema: { $ref: "Problem#" } } },
      },
    ]),
  );
}

/** Refusals of a route that needs the token, and its own. */
export const guarded = (...codes: readonly ErrorCode[]) =>
  refusals(
    "invalid-request",
    ...codes,
    "unauthorized",
    "forbidden",
    "rate-limited",
    "internal",
    "unavailable",
    "store-unavailable",
  );

/** The same for a route that takes a body. */
export const guardedBody = (...codes: readonly ErrorCode[]) =>
  guarded(...codes, "payload-too-large", "unsupported-media-type");

/** The same as JSON and drawn for people. */
export const inFormats = (schema: TSchema) => ({
  description: "As `format` asks for it",
  content: {
    "application/json": { schema },
    "text/plain": { schema: Type.String({ description: "A ladder, to be read in a fixed-width font" }) },
    "text/html": {
      schema: Type.String({ description: "A page of its own; it loads nothing and runs no script" }),
    },
  },
});

/** For If-None-Match. */
export const notModifiedAnswer = { type: "null", description: "What the client has is still so" } as const;

/** Nothing to say: the status alone. */
export const noContent = { type: "null", description: "Done" } as const;
