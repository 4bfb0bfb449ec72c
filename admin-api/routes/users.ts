import { AppError } from "../../server/errors/app-error.ts";
import { guarded, guardedBody, noContent } from "../schemas/answers.ts";
import { listOf, PageQuery, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import { NewUser, User, UserChange, UserName, UserWithPassword, userJson } from "../schemas/user.ts";
import type { App, Services } from "../services.ts";
import { generatePassword } from "../users/generated-password.ts";
import { checkStaticAddress } from "../users/static-address.ts";

const ADDRESS_CODES = [
  "invalid-address",
  "address-outside-network",
  "address-reserved",
  "address-taken",
] as const;

/** `/api/v1/users`: who may dial in. The store refuses names and passwords that cannot be; it knows nothing of pools. */
export function addUserRoutes(app: App, services: Services): void {
  const { store, concentrator } = services;
  const tags = ["users"];

  app.post(
    "/users",
    {
      schema: {
        tags,
        operationId: "createUser",
        summary: "Add a user",
        description: "The answer's Location header is the user's path.",
        body: NewUser,
        response: {
          201: reference(UserWithPassword),
          ...guardedBody("invalid-name", "invalid-password", ...ADDRESS_CODES, "user-exists"),
        },
      },
    },
    async (request, reply) => {
      const { name, password = generatePassword(), enabled = true, staticAddress = null } = request.body;
      if (staticAddress !== null) checkStaticAddress(staticAddress, services);
      const user = await store.users.create({ name, password, enabled, staticAddress });
      reply.code(201).header("location", `/api/v1/users/${encodeURIComponent(user.name)}`);
      return request.body.password === undefined ? { ...userJson(user), password } : userJson(user);
    },
  );

  app.get(
    "/users",
    {
      schema: {
        tags,
        operationId: "listUsers",
        summary: "List users",
        querystring: PageQuery,
        response: { 200: listOf(User, "One page of users"), ...guarded() },
      },
    },
    async (request) => {
      const { items, next } = await store.users.list(pageOf(request.query));
      return { items: items.map(userJson), ...(next === undefined ? {} : { next }) };
    },
  );

  app.get(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "getUser",
        summary: "Show a user",
        params: UserName,
        response: { 200: reference(User), ...guarded("user-not-found") },
      },
    },
    async (request) => {
      const { name } = request.params;
      const user = await store.users.find(name);
      if (user === undefined)
        throw new AppError("user-not-found", `There is no user ${JSON.stringify(name)}.`);
      return userJson(user);
    },
  );

  app.patch(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "changeUser",
        summary: "Enable, disable, set the static address",
        description:
          "A new static address counts from the next dial on. Disabling disconnects the user's sessions at once.",
        params: UserName,
        body: UserChange,
        response: { 200: reference(User), ...guardedBody(...ADDRESS_CODES, "user-not-found") },
      },
    },
    async (request) => {
      const { staticAddress } = request.body;
      if (typeof staticAddress === "string") checkStaticAddress(staticAddress, services);
      const user = await store.users.update(request.params.name, request.body);
      // After the store: whoever dials again right away is refused.
      if (!user.enabled) await concentrator.disconnectUser(user.id);
      return userJson(user);
    },
  );

  app.delete(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "removeUser",
        summary: "Remove a user, and disconnect the user's sessions",
        params: UserName,
        response: { 204: noContent, ...guarded("user-not-found") },
      },
    },
    async (request, reply) => {
      const user = await store.users.remove(request.params.name);
      await concentrator.disconnectUser(user.id);
      return reply.code(204).send(null);
    },
  );
}
