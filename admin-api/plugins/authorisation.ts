import { demandRole, roleForMethod } from "../actor.ts";
import type { App } from "../services.ts";

/**
 * Refuses what the role of who asks does not cover, before the body is read. Comes after the authentication
 * and before the routes: each of them gets its role here where it says none, and shows it in the OpenAPI
 * document as `x-role`.
 */
export function addAuthorisation(app: App): void {
  app.addHook("onRoute", (route) => {
    const role = route.config?.role ?? roleForMethod([route.method].flat()[0]!);
    route.config = { ...route.config, role };
    route.schema = { ...route.schema, "x-role": role } as typeof route.schema;
  });
  app.addHook("onRequest", async ({ actor, routeOptions: { config } }) => {
    // Nobody comes past the authentication without being somebody.
    demandRole(actor!, config.role!);
  });
}
