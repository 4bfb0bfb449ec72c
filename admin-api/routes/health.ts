import type { Condition } from "../../server/conditions/conditions.ts";
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
        description: "For whatever restarts a process that hangs. It says nothing of clients.",
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
        description:
          "503 while a condition holds with which no client should be sent here; `reasons` has their codes (docs/conditions.md).",
        response: { 200: reference(Health), ...refusals("rate-limited", "unavailable") },
      },
    },
    async (request) => {
      const holding = concentrator.status().conditions.filter(({ ready }) => !ready);
      if (holding.length > 0) throw degraded(holding);
      try {
        await store.ping();
      } catch (error) {
        request.log.error({ err: error }, "not ready");
        throw new AppError("unavailable", "pacd is not ready; its log says why.");
      }
      return { status: "ready" };
    },
  );
}

/** Codes and times only: their sentences may name networks and files, and anybody may ask. */
function degraded(holding: readonly Condition[]): AppError {
  const reasons = holding.map(({ code, since }) => ({ code, since }));
  const words = reasons.map(({ code, since }) => `${code} since ${since}`).join(", ");
  return new AppError("unavailable", `pacd is degraded: ${words}. \`pacctl status\` says what to do.`, {
    reasons,
  });
}
