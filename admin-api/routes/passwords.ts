import { guardedBody } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { freshUserJson, NewPassword, UserName, UserWithPassword } from "../schemas/user.ts";
import type { App, Services } from "../services.ts";
import { generatePassword } from "../users/generated-password.ts";
import { passwordExpiry } from "../users/password-expiry.ts";

/** `/api/v1/users/{name}/password`: can be set, never read. */
export function addPasswordRoutes(app: App, services: Services): void {
  app.put(
    "/users/:name/password",
    {
      schema: {
        tags: ["users"],
        operationId: "setPassword",
        summary: "Set a user's password",
        description:
          "Without `password` in the body, a new one is generated and shown once. Without `passwordExpiresAt`, it expires " +
          "as `password.max_age_days` of the configuration says, whatever was said of the old one. Sessions stay up; wrong log-ins with the old password are forgotten.",
        params: UserName,
        body: NewPassword,
        response: {
          200: reference(UserWithPassword),
          ...guardedBody("invalid-password", "invalid-policy", "user-not-found"),
        },
      },
    },
    async (request) => {
      const { password = generatePassword(), recoverablePassword } = request.body;
      const user = await services.store.users.setPassword(request.params.name, {
        password,
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
        passwordExpiresAt: passwordExpiry(request.body.passwordExpiresAt, services),
      });
      services.concentrator.liftUser(user.id);
      request.audited({
        target: { kind: "user", name: user.name, id: user.id },
        effects: {
          generated: request.body.password === undefined,
          passwordExpiresAt: user.passwordExpiresAt,
          recoverablePassword: user.recoverablePassword,
        },
      });
      return freshUserJson(user, request.body.password, password, services);
    },
  );
}
