import swagger from "@fastify/swagger";
import type { TSchema } from "typebox";
import {
  Administrator,
  AdministratorPassword,
  AdministratorPatch,
  LogIn,
  LogInRequest,
  NewAdministrator,
} from "../schemas/administrator.ts";
import { Attempt, AttemptSummary } from "../schemas/attempt.ts";
import { Audit } from "../schemas/audit.ts";
import { ConfigCheck, ShownConfig } from "../schemas/config.ts";
import { Event } from "../schemas/event.ts";
import { SessionTotal } from "../schemas/history.ts";
import { Lifted, Lockout } from "../schemas/lockout.ts";
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
import type { App } from "../services.ts";

const SHARED: readonly TSchema[] = [
  Problem,
  User,
  UserWithPassword,
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
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/" }],
      tags: [
        { name: "users", description: "Who may dial in" },
        { name: "sessions", description: "Who is connected" },
        { name: "attempts", description: "Every dial, with its trace and verdict" },
        { name: "administration", description: "Who administers pacd, and with which tokens" },
        { name: "events", description: "What happens, as it happens" },
        { name: "audit", description: "Who did what" },
        { name: "server", description: "pacd itself" },
      ],
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
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json["$id"] ?? `schema-${i}`) },
  });
}
