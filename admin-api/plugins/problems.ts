import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import { ERRORS, type ErrorCode } from "../../server/errors/register.ts";
import { problem } from "../schemas/problem.ts";
import type { App } from "../services.ts";
import { RequestFault } from "./validation.ts";

/**
 * Every error that leaves the app is a problem document: ours, the framework's and those of unknown routes.
 */
export function addProblems(app: App): void {
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
}

/** Answers with the problem document that fits what was thrown. Also fastify's `frameworkErrors`. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof AppError ? error : fromFramework(error);
  // A code of start-up that surfaces here (a status of 500) is as much a mistake of ours as an unknown error.
  if (known === undefined || known.code === "internal" || !isRestCode(known.code)) {
    request.log.error({ err: error }, "request failed");
    const detail = `Something went wrong. The log tells what, under request ID ${request.id}.`;
    return send(reply, "internal", detail, { requestId: request.id });
  }
  if (LATER.has(known.code)) reply.header("retry-after", RETRY_AFTER);
  const { retryAfterSeconds } = known.details;
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(retryAfterSeconds));
  return send(reply, known.code, known.message, known.details);
}

/** What may be well after a while, whatever the client does. */
const LATER: ReadonlySet<ErrorCode> = new Set(["store-unavailable", "not-yet-written"]);

/** Ours, in seconds: a lock is held for less, a full disk is not mended sooner. */
const RETRY_AFTER = 5;

function isRestCode(code: ErrorCode): boolean {
  return ERRORS[code].status !== 500;
}

function send(
  reply: FastifyReply,
  code: ErrorCode,
  detail: string,
  details: Readonly<Record<string, unknown>>,
) {
  reply.request.problemCode = code;
  // A string: the document must not depend on the response schemas of the route that failed.
  return reply
    .code(ERRORS[code].status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(problem(code, detail, details)));
}

/** Undefined for what is not the client's doing. */
function fromFramework(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, validation, code } = error as FastifyError;
  const fault: unknown = validation?.[0];
  if (fault instanceof RequestFault) return new AppError("invalid-request", fault.message, fault.details);
  if (statusCode === 413) {
    return new AppError("payload-too-large", "The request body is larger than 64 KiB.");
  }
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return undefined;
  if (error instanceof SyntaxError || code === "FST_ERR_CTP_INVALID_JSON_BODY") {
    return new AppError("invalid-request", "The request body is not JSON.");
  }
  return new AppError("invalid-request", "The request is malformed.");
}
