import rateLimit from "@fastify/rate-limit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import { REFUSED_TOKENS, REQUESTS_PER_TOKEN, REQUESTS_WITHOUT_TOKEN, WINDOW } from "../limits.ts";
import type { App } from "../services.ts";

/** Each counts one request, and throws rate-limited past its limit. */
export interface RateLimits {
  /** For requests without a token, by client address. */
  readonly withoutToken: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** For refused tokens, by client address. */
  readonly refusedToken: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** For valid tokens: by token, wherever it comes from. */
  readonly token: (request: FastifyRequest, reply: FastifyReply, hash: string) => Promise<void>;
}

export async function addRateLimits(app: App): Promise<RateLimits> {
  await app.register(rateLimit, { global: false });
  const byAddress = (max: number) => limiter(app, max, (request) => request.ip);
  const tokens = new WeakMap<FastifyRequest, string>();
  const byToken = limiter(app, REQUESTS_PER_TOKEN, (request) => tokens.get(request) ?? "");
  return {
    withoutToken: byAddress(REQUESTS_WITHOUT_TOKEN),
    refusedToken: byAddress(REFUSED_TOKENS),
    token: (request, reply, hash) => {
      tokens.set(request, hash);
      return byToken(request, reply);
    },
  };
}

function limiter(app: App, max: number, keyGenerator: (request: FastifyRequest) => string) {
  const count = app.createRateLimit({ max, timeWindow: WINDOW, keyGenerator });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const result = await count(request);
    if (result.isAllowed || !result.isExceeded) return;
    reply.header("retry-after", String(result.ttlInSeconds));
    throw new AppError("rate-limited", `Too many requests. Try again in ${result.ttlInSeconds} s.`, {
      retryAfterSeconds: result.ttlInSeconds,
    });
  };
}
