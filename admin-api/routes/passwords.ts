import { guardedBody } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { NewPassword, UserName, UserWithPassword, userJson } from "../schemas/user.ts";
import type { App, Services } from "../services.ts";
import { generatePassword } from "../users/generated-password.ts";

/** `/api/v1/users/{name}/password`: can be set, never read. */
export function addPasswordRoutes(app: App, { store }: Services): void {
  app.put(
    "/users/:name/password",
    {
      schema: {
        tags: ["users"],
        operationId: "setPassword",
        summary: "Set a user's password",
        description:
          "Without `password` in the body, a new one is generated and shown once. Sessions stay up.",
        params: UserName,
        body: NewPassword,
        response: { 200: reference(UserWithPassword), ...guardedBody("invalid-password", "user-not-found") },
      },
    },
    async (request) => {
      const { password = generatePassword() } = request.body;
      const user = userJson(await store.users.setPassword(request.params.name, { password }));
      return request.body.password === undefined ? { ...user, password } : user;
    },
  );
}
