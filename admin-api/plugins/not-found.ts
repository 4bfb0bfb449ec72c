import { AppError } from "../../server/errors/app-error.ts";
import type { App } from "../services.ts";
import type { RateLimits } from "./rate-limits.ts";

/** Unknown routes count against the address that asks for them, like every request without a token. */
export function addNotFound(app: App, limits: RateLimits): void {
  app.setNotFoundHandler({ preHandler: limits.withoutToken }, (request) => {
    const path = request.url.split("?", 1)[0];
    throw new AppError("not-found", `There is no ${request.method} ${path}. GET /docs shows what there is.`);
  });
}
