import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import type { App } from "../services.ts";
import { ACCEPT_PATCH } from "./bodies.ts";
import { KnownPaths } from "./known-paths.ts";
import type { RateLimits } from "./rate-limits.ts";

/**
 * Requests that no route takes: a path that there is not, a method that the path does not take, and OPTIONS,
 * which says what it takes. Answered without a token, for /docs shows as much, and before any body is read.
 * They count against the address that they come from, like every request without a token. Must come before
 * the routes.
 */
export function addNotFound(app: App, limits: RateLimits): void {
  const known = new KnownPaths(app);
  app.addHook("onRequest", async (request, reply) => {
    if (!request.is404) return;
    await limits.withoutToken(request, reply);
    return answer(request, reply, known);
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, known: KnownPaths): FastifyReply {
  const { method } = request;
  const path = request.url.split("?", 1)[0]!;
  const everywhere = method === "OPTIONS" && path === "*";
  const allowed = everywhere ? known.methods() : known.methodsOf(path);
  if (allowed.length === 0)
    throw new AppError("not-found", `There is no ${method} ${path}. GET /docs shows what there is.`);
  reply.header("allow", allowed.join(", "));
  if (allowed.includes("PATCH")) reply.header("accept-patch", ACCEPT_PATCH);
  if (method === "OPTIONS") return reply.code(204).send();
  const detail = `${path} takes ${allowed.join(", ")}, not ${method}. GET /docs shows what there is.`;
  throw new AppError("method-not-allowed", detail, { allowed });
}
