import helmet from "@fastify/helmet";
import type { App } from "../services.ts";

/** Answers are data: a browser may run, frame or embed nothing of them. `/docs` sets a policy of its own. */
export async function addSecurityHeaders(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    // It would be for every port of the host's name, and browsers ignore it where they do not trust the
    // certificate (decision 0026). A proxy that owns the name can add it.
    strictTransportSecurity: false,
  });
  app.addHook("onSend", async (_request, reply) => {
    // Sessions, attempts and fresh passwords belong into no cache.
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
}
