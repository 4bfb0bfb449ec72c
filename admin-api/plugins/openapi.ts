import swagger from "@fastify/swagger";
import type { TSchema } from "typebox";
import { addExamples } from "../openapi/examples.ts";
import { addHeaders } from "../openapi/headers.ts";
import type { OpenApi } from "../openapi/json-schema.ts";
import { nameSchemas } from "../openapi/named-schemas.ts";
import {
  Administrator,
  AdministratorPassword,
  AdministratorPatch,
  LogIn,
  LogInRequest,
  NewAdministrator,
} from "../schemas/administrator.ts";
import { APPLY_SCHEMAS } from "../schemas/apply.ts";
import { Attempt, AttemptSummary } from "../schemas/attempt.ts";
import { Audit } from "../schemas/audit.ts";
import { BATCH_SCHEMAS } from "../schemas/batch.ts";
import { ConfigCheck, ShownConfig } from "../schemas/config.ts";
import { Event } from "../schemas/event.ts";
import { ChangedGroup, Group, GroupEffects, RemovedGroup } from "../schemas/group.ts";
import { SessionTotal } from "../schemas/history.ts";
import { Lifted, Lockout } from "../schemas/lockout.ts";
import { Effects, FieldChange, WritePlan } from "../schemas/plan.ts";
import { Problem } from "../schemas/problem.ts";
import { Reload } from "../schemas/reload.ts";
import { Session } from "../schemas/session.ts";
import {
  AgreedOptions,
  SessionClient,
  SessionDetails,
  SessionLink,
  SessionLive,
  SessionPolicy,
  SessionRate,
  SessionTimeLeft,
} from "../schemas/session-details.ts";
import { EndedSessions } from "../schemas/session-ends.ts";
import { Health, Status } from "../schemas/status.ts";
import { NewToken, Token, TokenWithSecret } from "../schemas/token.ts";
import { User, UserWithPassword } from "../schemas/user.ts";
import {
  Delivery,
  NewWebhook,
  Webhook,
  WebhookPatch,
  WebhookSecret,
  WebhookWithSecret,
} from "../schemas/webhook.ts";
import type { App } from "../services.ts";

const SHARED: readonly TSchema[] = [
  Problem,
  User,
  UserWithPassword,
  FieldChange,
  Effects,
  WritePlan,
  ...BATCH_SCHEMAS,
  ...APPLY_SCHEMAS,
  Group,
  GroupEffects,
  ChangedGroup,
  RemovedGroup,
  Lockout,
  Lifted,
  Session,
  SessionTotal,
  SessionDetails,
  SessionClient,
  SessionLink,
  SessionLive,
  SessionPolicy,
  SessionTimeLeft,
  SessionRate,
  AgreedOptions,
  EndedSessions,
  AttemptSummary,
  Attempt,
  Event,
  Delivery,
  Webhook,
  WebhookWithSecret,
  NewWebhook,
  WebhookPatch,
  WebhookSecret,
  Status,
  Health,
  Reload,
  Audit,
  ShownConfig,
  ConfigCheck,
  Token,
  TokenWithSecret,
  NewToken,
  Administrator,
  NewAdministrator,
  AdministratorPatch,
  AdministratorPassword,
  LogInRequest,
  LogIn,
];

/** In the order of their names, as programs that check documents want it. */
const TAGS = [
  { name: "administration", description: "Who administers pacd, and with which tokens" },
  { name: "attempts", description: "Every dial, with its trace and verdict" },
  { name: "audit", description: "Who did what" },
  { name: "events", description: "What happens, as it happens, and who is told of it" },
  { name: "groups", description: "Policies that users inherit" },
  { name: "lockouts", description: "Where wrong log-ins keep others from being judged" },
  { name: "server", description: "pacd itself" },
  { name: "sessions", description: "Who is connected" },
  { name: "users", description: "Who may dial in" },
];

/** OpenAPI 3.1 from the routes' own schemas. Must come before the routes. */
export async function addOpenApi(app: App, version: string): Promise<void> {
  for (const schema of SHARED) app.addSchema(schema);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "pacd",
        version,
        description: "Users, sessions and dial attempts of a PPTP access concentrator.",
        license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
        contact: { name: "Whoever administers this pacd" },
      },
      servers: [{ url: "/" }],
      tags: TAGS,
      components: {
        securitySchemes: {
          token: {
            type: "http",
            scheme: "bearer",
            description: "A token that was made, that of a log-in, or the one in the file admin-token",
          },
        },
      },
      security: [{ token: [] }],
    },
    transformObject: (built) => {
      if (!("openapiObject" in built)) return built.swaggerObject;
      const document = structuredClone(built.openapiObject);
      finish(document as OpenApi);
      return document;
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json["$id"] ?? `schema-${i}`) },
  });
}

/** What no route has to say by itself: names of schemas, headers by status, examples. */
function finish(document: OpenApi): void {
  nameSchemas(document);
  addHeaders(document);
  addExamples(document);
}
