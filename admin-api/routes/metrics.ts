import type { Registry } from "prom-client";
import { guarded } from "../schemas/answers.ts";
import type { App } from "../services.ts";

/** `/metrics`: with the token, for drop reasons and verdicts tell strangers about the network. */
export function addMetricsRoute(app: App, registry: Registry): void {
  app.get(
    "/metrics",
    {
      schema: {
        tags: ["server"],
        operationId: "getMetrics",
        summary: "Figures for Prometheus",
        description: "In the Prometheus text format; docs/metrics.md says what each figure means.",
        response: {
          200: {
            description: "Prometheus text format",
            content: { "text/plain": { schema: { type: "string" } } },
          },
          ...guarded(),
        },
      },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}
