import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";

/** Whatever has an ID and counts its changes. */
interface Counted {
  readonly id: string;
  readonly revision: string;
}

/** RFC 9110 §8.8.3: an entity tag; the weak ones never match (§13.1.1). */
const TAG = /\s*(?:(W\/)?"([!#-~\x80-\xff]*)")\s*(?:,|$)/y;

/**
 * The part of a tag that tells one state of a user or group from another: what administrators have decided.
 * The beginning of the ID keeps somebody else of the same name apart.
 */
const stateOf = ({ id, revision }: Counted): string => `${id.slice(0, 8)}.${revision}`;

/** The tag of what is shown: its state, and a digest of all that stands there, wrong log-ins included. */
export function etagOf(one: Counted, shown: object): string {
  const digest = createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 11);
  return `"${stateOf(one)}-${digest}"`;
}

/**
 * What must hold of the state in the moment of the write, by the If-Match and If-None-Match of a request;
 * throws changed-meanwhile. What the server itself counts, the end of each tag, makes no difference here.
 * precondition-required where `required`, and nothing is said.
 */
export function conditionOf(
  request: FastifyRequest,
  required: boolean,
): ((current: Counted | undefined) => void) | undefined {
  const match = tagsOf(request, "if-match");
  const noneMatch = tagsOf(request, "if-none-match");
  if (match === undefined && noneMatch === undefined) {
    if (!required) return undefined;
    throw new AppError(
      "precondition-required",
      "Send If-Match with the ETag of what you have read, or If-None-Match: * for what must not be there: admin.require_if_match is on.",
      { header: "If-Match" },
    );
  }
  return (current) => {
    if (match !== undefined && !holds(match, current)) throw changed(current, "If-Match");
    if (noneMatch !== undefined && holds(noneMatch, current)) throw changed(current, "If-None-Match");
  };
}

/**
 * Answers 304 where what the client has is what would be sent (RFC 9110 §13.1.2); undefined: it has to be
 * sent. Sets the tag in any case.
 */
export function notModified(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header("etag", etag);
  const tags = tagsOf(request, "if-none-match");
  if (tags === undefined || !(tags === "*" || tags.includes(etag.slice(1, -1)))) return false;
  reply.code(304);
  return true;
}

const holds = (tags: "*" | readonly string[], current: Counted | undefined): boolean =>
  current !== undefined && (tags === "*" || tags.some((tag) => tag.split("-", 1)[0] === stateOf(current)));

function changed(current: Counted | undefined, header: string): AppError {
  const { name } = (current ?? {}) as { readonly name?: string };
  const what =
    current === undefined
      ? "There is nothing of that name, and If-Match asks for something"
      : header === "If-Match"
        ? `${JSON.stringify(name)} was changed after what the request is about had been read`
        : `${JSON.stringify(name)} is there already, and If-None-Match asks that it is not`;
  return new AppError("changed-meanwhile", `${what}. Read it again, and decide anew.`, { header });
}

/** Undefined: the header is not there. invalid-request for what is no list of tags. */
function tagsOf(
  request: FastifyRequest,
  header: "if-match" | "if-none-match",
): "*" | readonly string[] | undefined {
  const text = request.headers[header];
  if (text === undefined) return undefined;
  if (text.trim() === "*") return "*";
  const tags: string[] = [];
  TAG.lastIndex = 0;
  while (TAG.lastIndex < text.length) {
    const found = TAG.exec(text);
    if (found === null)
      throw new AppError(
        "invalid-request",
        `The header ${header} must be * or entity tags in quotation marks, as ETag gives them.`,
        { in: "header", field: header },
      );
    if (found[1] === undefined) tags.push(found[2]!);
  }
  return tags;
}
