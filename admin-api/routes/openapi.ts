import { Type } from "typebox";
import { refusals } from "../schemas/answers.ts";
import type { App } from "../services.ts";

/** `/api/v1/openapi.json`: open, for it holds no secrets. */
export function addOpenApiRoute(app: App): void {
  app.get(
    "/api/v1/openapi.json",
    {
      schema: {
        tags: ["server"],
        security: [],
        operationId: "getOpenApi",
        summary: "This document",
        description: "OpenAPI 3.1 with every route; `/docs` shows it to people. It holds no secret.",
        response: {
          200: Type.Object({}, { additionalProperties: true, description: "An OpenAPI 3.1 document" }),
          ...refusals("rate-limited"),
        },
      },
    },
    async () => app.swagger() as Record<string, unknown>,
  );
}
