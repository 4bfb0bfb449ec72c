import { AppError } from "../../server/errors/app-error.ts";
import { tokenOf } from "../people/actor-end.ts";
import { LogIns } from "../people/log-ins.ts";
import type { HashingTurns } from "../people/password-hash.ts";
import { administratorJson, LogIn, LogInRequest } from "../schemas/administrator.ts";
import { guarded, noContent, refusals } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";

const tags = ["administration"];

/** `POST /api/v1/log-in`: open, for who asks has no token yet. */
export function addLogInRoute(app: App, services: Services, turns: HashingTurns): void {
  const logIns = new LogIns({ ...services, turns });
  app.post(
    "/api/v1/log-in",
    {
      schema: {
        tags,
        security: [],
        operationId: "logIn",
        summary: "Log in as an administrator",
        description:
          "The answer's token holds for twelve hours, and no longer than the administrator has the role, the password and " +
          "`enabled` of now. Wrong log-ins are slowed, by name and by address: `rate-limited`, with Retry-After.",
        body: LogInRequest,
        response: {
          200: reference(LogIn),
          ...refusals(
            "invalid-request",
            "log-in-refused",
            "payload-too-large",
            "unsupported-media-type",
            "rate-limited",
            "internal",
            "unavailable",
            "store-unavailable",
          ),
        },
      },
    },
    async (request) => {
      const { name, password } = request.body;
      request.claimedName = name;
      const { administrator, token, text } = await logIns.logIn(name, password, request.ip);
      const { id, role } = administrator;
      request.actor = { kind: "administrator", id, name: administrator.name, role };
      const target = { kind: "administrator", id, name: administrator.name };
      request.audited({ target, effects: { logInId: token.id, expiresAt: token.expiresAt } });
      return {
        token: text,
        tokenId: token.id,
        expiresAt: token.expiresAt!,
        administrator: administratorJson(administrator),
      };
    },
  );
}

/** `POST /api/v1/log-out`. */
export function addLogOutRoute(app: App, { store: { tokens } }: Services): void {
  app.post(
    "/log-out",
    {
      config: { role: "viewer" },
      schema: {
        tags,
        operationId: "logOut",
        summary: "End the log-in with whose token this is asked",
        description: "A token that was made and named is revoked by `DELETE /tokens/{token}` instead.",
        response: { 204: noContent, ...guarded("not-yet-written") },
      },
    },
    async (request, reply) => {
      const token = tokenOf.get(request);
      if (token?.kind !== "log-in")
        throw new AppError("invalid-request", "This is no log-in, which alone can be logged out of.");
      await tokens.revoke(token.id);
      const { name, id } = request.actor!;
      request.audited({ target: { kind: "administrator", name, id }, effects: { logInId: token.id } });
      return reply.code(204).send(null);
    },
  );
}
