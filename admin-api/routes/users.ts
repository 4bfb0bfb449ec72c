import { AppError } from "../../server/errors/app-error.ts";
import type { Store, User as StoredUser } from "../../server/store/store-types.ts";
import { nobodySentence } from "../../server/store/user-lookup.ts";
import { guarded, notModifiedAnswer } from "../schemas/answers.ts";
import { listOf, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import { lastFailureOf } from "../schemas/remarks.ts";
import { listedUserJson, User, UserName, userJson } from "../schemas/user.ts";
import { filterOf, UserQuery } from "../schemas/user-query.ts";
import type { App, Services } from "../services.ts";
import { etagOf, notModified } from "../writes/etag.ts";

/** `/api/v1/users`: who may dial in, and how. */
export function addUserRoutes(app: App, services: Services): void {
  const { store, concentrator } = services;
  const tags = ["users"];

  app.get(
    "/users",
    {
      schema: {
        tags,
        operationId: "listUsers",
        summary: "List users",
        description:
          "By name, those who fit all that is said. What is asked of a policy is asked of what applies. With `id`, the one user who has it, or nobody.",
        querystring: UserQuery,
        response: { 200: listOf(User, "One page of users"), ...guarded("invalid-address") },
      },
    },
    async (request) => {
      const { id } = request.query;
      if (id !== undefined)
        return {
          items: [await store.users.find({ id })].flatMap((user) => (user ? [userJson(user, services)] : [])),
        };
      const { items, next } = await store.users.list({
        ...pageOf(request.query),
        ...filterOf(request.query, services.now(), () => concentrator.sessions()),
      });
      return {
        items: items.map((user) => listedUserJson(user, services)),
        ...(next === undefined ? {} : { next }),
      };
    },
  );

  app.get(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "getUser",
        summary: "Show a user",
        description:
          "By name, in whatever spelling. With the wrong log-ins that still count against the user. The ETag is for If-Match of a change, and for If-None-Match here: 304 where all of it is as it was.",
        params: UserName,
        response: { 200: reference(User), 304: notModifiedAnswer, ...guarded("user-not-found") },
      },
    },
    async (request, reply) => {
      const user = await existing(request.params.name, store);
      const shown = { ...userJson(user, services), ...(await lastFailureOf(user, store)) };
      if (notModified(request, reply, etagOf(user, shown))) return reply.send(null as never);
      return shown;
    },
  );
}

async function existing(name: string, store: Store): Promise<StoredUser> {
  const user = await store.users.find(name);
  if (user === undefined)
    throw new AppError("user-not-found", nobodySentence(name, store.users.sharing(name)));
  return user;
}
