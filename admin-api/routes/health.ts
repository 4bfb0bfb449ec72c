import { AppError } from "../../server/errors/app-error.ts";
import { refusals } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { Health } from "../schemas/status.ts";
import type { App, Services } from "../services.ts";

/** `/healthz` and `/readyz`: open to everyone, and silent about everything but the answer itself. */
export function addHealthRoutes(app: App, { store, concentrator }: Services): void {
  const tags = ["server"];
  const security: [] = [];

  app.get(
    "/healthz",
    {
      schema: {
        tags,
        security,
        operationId: "getHealth",
        summary: "Does the process answer?",
        response: { 200: reference(Health), ...refusals("rate-limited") },
      },
    },
    async () => ({ status: "ok" }),
  );

  app.get(
    "/readyz",
    {
      schema: {
        tags,
        security,
        operationId: "getReadiness",
        summary: "Can clients dial in?",
        response: { 200: reference(Health), ...refusals("rate-limited", "unavailable") },
      },
    },
    async (request) => {
      try {
        await store.ping();
        concentrator.status();
      } catch (error) {
        request.log.error({ err: error }, "not ready");
        throw new AppError("unavailable", "pacd is not ready; its log says why.");
      }
      return { status: "ready" };
    },
  );
}
