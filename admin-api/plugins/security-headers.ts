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
    // The API speaks plain HTTP on the loopback; TLS, and with it this header, belong to the proxy in front.
    strictTransportSecurity: false,
  });
  app.addHook("onSend", async (_request, reply) => {
    // Sessions, attempts and fresh passwords belong into no cache.
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
}
