import swaggerUi from "@fastify/swagger-ui";
import type { App } from "../services.ts";

/** `/docs`: the OpenAPI document for people. Open, for it holds no secrets; calls from it need the token. */
export async function addDocs(app: App): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    theme: { title: "pacd: admin API" },
    // Without the bar that loads other documents: the policy below would refuse them.
    uiConfig: { layout: "BaseLayout", persistAuthorization: false, docExpansion: "list" },
    // Everything comes from this server: the page works without the Internet. Swagger UI sets styles in
    // attributes.
    staticCSP: {
      "default-src": ["'none'"],
      "script-src": ["'self'"],
      "style-src": ["'self'", "'unsafe-inline'"],
      "img-src": ["'self'", "data:"],
      "connect-src": ["'self'"],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
      "frame-ancestors": ["'none'"],
    },
  });
}
