import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import { JSON_TYPE, MERGE_PATCH_TYPE } from "../schemas/reference.ts";
import type { App } from "../services.ts";

/**
 * RFC 8259 §8.1: JSON is UTF-8. A byte order mark, which PowerShell sends, is passed over; anything else is
 * an error.
 */
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the bodies of routes that declare one: JSON in UTF-8, of the media types that the route takes. The
 * body of any other request means nothing (RFC 9110 §9.3.1, §9.3.5) and is passed over, whatever its
 * Content-Type says of it.
 */
export function addBodies(app: App): void {
  const json = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  // Before the body is read, and after the token was asked for.
  app.addHook("preParsing", async (request, reply) => {
    const types = bodyTypes(request);
    if (types.length > 0) refuseOtherBodies(request, reply, types);
    else delete request.headers["content-type"];
  });
  app.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => {
    if (bodyTypes(request).length === 0) return done(null);
    const text = textOf(body as Buffer);
    if (text.trim() === "") throw emptyBody();
    json(request, text, done);
  });
}

/** The media types that the route takes; none where it takes no body. */
function bodyTypes(request: FastifyRequest): readonly string[] {
  const body = request.routeOptions.schema?.body as { readonly content?: object } | undefined;
  if (body === undefined) return [];
  return body.content === undefined ? [JSON_TYPE] : Object.keys(body.content);
}

function refuseOtherBodies(request: FastifyRequest, reply: FastifyReply, types: readonly string[]): void {
  const { headers } = request;
  const type = headers["content-type"]?.replace(/;.*/s, "").trim().toLowerCase();
  if (headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0)
    throw emptyBody();
  if (type === undefined || !types.includes(type)) {
    // RFC 9110 §12.5.1, RFC 5789 §2.2: what would have been taken.
    reply.header("accept", types.join(", "));
    if (request.method === "PATCH") reply.header("accept-patch", types.join(", "));
    const sent = type === undefined ? "and no Content-Type was sent" : `not ${JSON.stringify(type)}`;
    throw new AppError("unsupported-media-type", `Send the request body as ${types.join(" or ")}, ${sent}.`);
  }
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (coding === "identity") return;
  reply.header("accept-encoding", "identity");
  const detail = `Send the request body as it is, without Content-Encoding: ${JSON.stringify(coding)}.`;
  throw new AppError("unsupported-media-type", detail);
}

function textOf(body: Buffer): string {
  try {
    return UTF8.decode(body);
  } catch {
    throw new AppError("invalid-request", "The request body is not UTF-8.", { in: "request body" });
  }
}

const emptyBody = () =>
  new AppError(
    "invalid-request",
    "The request body is empty; send a JSON object, {} if nothing is to be said.",
    {
      in: "request body",
    },
  );

/** What Accept-Patch says of a path that can be changed (RFC 5789 §3.1). */
export const ACCEPT_PATCH = `${JSON_TYPE}, ${MERGE_PATCH_TYPE}`;
