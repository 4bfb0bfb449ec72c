import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, { LogController } from "fastify";
import { EventStreams } from "./events/event-streams.ts";
import { KEEP_ALIVE, MAX_BODY, MAX_PARAMETER, REQUEST_TIMEOUT } from "./limits.ts";
import { HashingTurns } from "./people/password-hash.ts";
import { addAudit } from "./plugins/audit.ts";
import { addAuthentication } from "./plugins/authentication.ts";
import { addAuthorisation } from "./plugins/authorisation.ts";
import { addBodies } from "./plugins/bodies.ts";
import { clientError } from "./plugins/client-error.ts";
import { addClosing } from "./plugins/closing.ts";
import { addDocs } from "./plugins/docs.ts";
import { addIdempotency } from "./plugins/idempotency.ts";
import { addLocalPeers } from "./plugins/local-peers.ts";
import { addMetrics } from "./plugins/metrics.ts";
import { addNotFound } from "./plugins/not-found.ts";
import { addOpenApi } from "./plugins/openapi.ts";
import { addProblems, sendError } from "./plugins/problems.ts";
import { addRateLimits } from "./plugins/rate-limits.ts";
import { addRequestIds, requestIds } from "./plugins/request-ids.ts";
import { addRequestLog } from "./plugins/request-log.ts";
import { addSecurityHeaders } from "./plugins/security-headers.ts";
import { addSerializers } from "./plugins/serializers.ts";
import { addValidation } from "./plugins/validation.ts";
import { addAdministratorRoutes } from "./routes/administrators.ts";
import { addApplyRoute } from "./routes/apply.ts";
import { addAttemptRoutes } from "./routes/attempts.ts";
import { addAuditRoutes } from "./routes/audit.ts";
import { addBackupRoutes } from "./routes/backups.ts";
import { addBatchRoute } from "./routes/batch.ts";
import { addConfigRoutes } from "./routes/config.ts";
import { addEventRoutes } from "./routes/events.ts";
import { addGroupWriteRoutes } from "./routes/group-writes.ts";
import { addGroupRoutes } from "./routes/groups.ts";
import { addHealthRoutes } from "./routes/health.ts";
import { addLockoutRoutes } from "./routes/lockouts.ts";
import { addLogInRoute, addLogOutRoute } from "./routes/log-in.ts";
import { addMetricsRoute } from "./routes/metrics.ts";
import { addOpenApiRoute } from "./routes/openapi.ts";
import { addReloadRoute } from "./routes/reload.ts";
import { addSessionEndRoutes } from "./routes/session-ends.ts";
import { addSessionListRoutes } from "./routes/session-list.ts";
import { addSessionRoutes } from "./routes/sessions.ts";
import { addStatusRoute } from "./routes/status.ts";
import { addTokenRoutes } from "./routes/tokens.ts";
import { addUserWriteRoutes } from "./routes/user-writes.ts";
import { addUserRoutes } from "./routes/users.ts";
import { addWebhookRoutes } from "./routes/webhooks.ts";
import { NoQuery } from "./schemas/page.ts";
import type { App, Services } from "./services.ts";

/** The admin API, ready to listen or to be injected into. The caller closes it. */
export async function createApp(services: Services): Promise<App> {
  const app: App = fastify({
    loggerInstance: services.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    return503OnClosing: false,
    genReqId: requestIds(),
    routerOptions: { maxParamLength: MAX_PARAMETER },
    // Of X-Forwarded-For the last address that no such proxy has: whoever else sends it changes nothing.
    trustProxy: (address) => services.trustsProxy(address),
    frameworkErrors: sendError,
    clientErrorHandler: clientError,
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.decorateRequest("actor", undefined);
  addLocalPeers(app);
  addProblems(app);
  addBodies(app);
  addValidation(app);
  addSerializers(app);
  addRequestIds(app);
  addRequestLog(app);
  addAudit(app, services.store.audit, services.turn);
  addIdempotency(app, services.store.answers);
  addClosing(app, services);
  const streams = new EventStreams(services.after);
  app.addHook("preClose", async () => streams.stop());
  await addSecurityHeaders(app);
  const limits = await addRateLimits(app, services.now);
  addNotFound(app, limits);
  const registry = addMetrics(app, services, streams);

  const turns = new HashingTurns();

  await addOpenApi(app, services.version);
  await app.register(async (open: App) => {
    open.addHook("onRequest", limits.withoutToken);
    addHealthRoutes(open, services);
    addLogInRoute(open, services, turns);
    addOpenApiRoute(open);
    await addDocs(open);
  });
  await app.register(async (guarded: App) => {
    addAuthentication(guarded, services, limits);
    addAuthorisation(guarded);
    refuseUnknownQueries(guarded);
    addMetricsRoute(guarded, registry);
    await guarded.register(
      async (api: App) => {
        addApiRoutes(api, services, turns);
        addEventRoutes(api, services, streams);
      },
      { prefix: "/api/v1" },
    );
  });
  return app;
}

function addApiRoutes(api: App, services: Services, turns: HashingTurns): void {
  addUserRoutes(api, services);
  addUserWriteRoutes(api, services);
  addBatchRoute(api, services);
  addApplyRoute(api, services);
  addGroupRoutes(api, services);
  addGroupWriteRoutes(api, services);
  addLockoutRoutes(api, services);
  addSessionListRoutes(api, services);
  addSessionRoutes(api, services);
  addSessionEndRoutes(api, services);
  addAttemptRoutes(api, services);
  addStatusRoute(api, services);
  addReloadRoute(api, services);
  addBackupRoutes(api, services);
  addAuditRoutes(api, services);
  addConfigRoutes(api, services);
  addTokenRoutes(api, services);
  addAdministratorRoutes(api, services, turns);
  addLogOutRoute(api, services);
  addWebhookRoutes(api, services);
}

/** A route that names no query parameter takes none: a mistyped filter must not pass for an answer to it. */
function refuseUnknownQueries(app: App): void {
  app.addHook("onRoute", (route) => {
    route.schema = { querystring: NoQuery, ...route.schema };
  });
}
