import { Type } from "typebox";
import { ERRORS, type ErrorCode } from "../../server/errors/register.ts";

/** RFC 9457 problem document. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "urn:pacd:error: and the code" }),
    title: Type.String({ description: "What the code means; the same for every occurrence" }),
    status: Type.Integer({ description: "The HTTP status" }),
    code: Type.String({ description: "Stable; docs/errors.md lists all" }),
    detail: Type.String({ description: "What happened this time, one sentence" }),
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
