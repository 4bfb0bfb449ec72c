import { Type } from "typebox";
import { ERRORS, type ErrorCode } from "../../server/errors/register.ts";
import { oneOf } from "./reference.ts";

/** RFC 9457 problem document. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: "urn:pacd:error: and the code",
      examples: ["urn:pacd:error:user-exists"],
    }),
    title: Type.String({
      description: "What the code means; the same for every occurrence",
      examples: ["The name is taken"],
    }),
    status: Type.Integer({ description: "The HTTP status", examples: [409] }),
    code: oneOf(Object.keys(ERRORS), { description: "Stable; docs/errors.md lists all" }),
    detail: Type.String({
      description: "What happened this time, one sentence",
      examples: ["There is a user of that name already, anna."],
    }),
  },
  {
    $id: "Problem",
    // Members beyond the five, such as `field`, differ by code.
    additionalProperties: true,
    description: "An error (RFC 9457)",
  },
);

/**
 * The members of a problem document for a code: the five, then `details`, which never override one of them.
 */
export function problem(code: ErrorCode, detail: string, details: Readonly<Record<string, unknown>> = {}) {
  const { status, title } = ERRORS[code];
  const members = { type: `urn:pacd:error:${code}`, title, status, code, detail };
  return Object.assign({}, members, details, members);
}
