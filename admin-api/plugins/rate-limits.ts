import rateLimit from "@fastify/rate-limit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import { Remembered } from "../../server/guessing/remembered.ts";
import { TokenBucket } from "../../server/wire/token-bucket.ts";
import {
  BUDGETS,
  DEFAULT_PAGE,
  REFUSED_TOKENS,
  REQUESTS_WITHOUT_TOKEN,
  TOKEN_BUDGET,
  UNIT_OF_BODY,
  WINDOW,
} from "../limits.ts";
import type { App } from "../services.ts";

/** Each counts one request, and throws rate-limited past its limit. */
export interface RateLimits {
  /** For requests without a token, by client address. */
  readonly withoutToken: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** For refused tokens, by client address. */
  readonly refusedToken: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** For those who are known, each with a budget: takes from it what the request costs. */
  readonly spend: (request: FastifyRequest, reply: FastifyReply, who: string) => void;
}

export async function addRateLimits(app: App, now: () => Date): Promise<RateLimits> {
  await app.register(rateLimit, { global: false });
  const byAddress = (max: number) => limiter(app, max, (request) => request.ip);
  const budgets = new Remembered<TokenBucket>(BUDGETS);
  return {
    withoutToken: byAddress(REQUESTS_WITHOUT_TOKEN),
    refusedToken: byAddress(REFUSED_TOKENS),
    spend(request, reply, who) {
      const budget = budgets.get(who) ?? new TokenBucket(TOKEN_BUDGET, TOKEN_BUDGET / (WINDOW / 1000));
      budgets.set(who, budget, false);
      const cost = Math.min(costOf(request), TOKEN_BUDGET);
      const at = now().getTime();
      const allowed = budget.take(at, cost);
      reply.header("ratelimit-limit", String(TOKEN_BUDGET));
      reply.header("ratelimit-remaining", String(Math.floor(budget.left(at))));
      reply.header("ratelimit-reset", String(Math.ceil(budget.wait(at, TOKEN_BUDGET) / 1000)));
      if (!allowed) throw wait(Math.max(1, Math.ceil(budget.wait(at, cost) / 1000)));
    },
  };
}

/** What the route says, once for each usual page that is asked for, and more for a long body. */
export function costOf({ routeOptions, query, headers }: FastifyRequest): number {
  const { limit } = query as { readonly limit?: unknown };
  const asked = typeof limit === "string" && /^\d{1,4}$/.test(limit) ? Number(limit) : DEFAULT_PAGE;
  const pages = Math.max(1, Math.ceil(asked / DEFAULT_PAGE));
  const body = Math.floor(Number(headers["content-length"] ?? 0) / UNIT_OF_BODY) || 0;
  return (routeOptions.config.cost ?? 1) * pages + body;
}

function limiter(app: App, max: number, keyGenerator: (request: FastifyRequest) => string) {
  const count = app.createRateLimit({ max, timeWindow: WINDOW, keyGenerator });
  return async (request: FastifyRequest): Promise<void> => {
    const result = await count(request);
    if (result.isAllowed || !result.isExceeded) return;
    throw wait(result.ttlInSeconds);
  };
}

/** Its details become Retry-After. */
function wait(seconds: number): AppError {
  return new AppError("rate-limited", `Too many requests. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  });
}
