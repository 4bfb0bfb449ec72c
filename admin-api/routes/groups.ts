import { AppError } from "../../server/errors/app-error.ts";
import { noGroupSentence } from "../../server/store/groups/group-lookup.ts";
import { guarded, notModifiedAnswer } from "../schemas/answers.ts";
import { Group, GroupName, groupJson } from "../schemas/group.ts";
import { GroupQuery, listOf, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";
import { etagOf, notModified } from "../writes/etag.ts";

/** `/api/v1/groups`: shows policies that users inherit. */
export function addGroupRoutes(app: App, { store }: Services): void {
  const tags = ["groups"];

  app.get(
    "/groups",
    {
      schema: {
        tags,
        operationId: "listGroups",
        summary: "List groups",
        description: "By name, with how many users are in each. Who they are: `GET /users?group=NAME`.",
        querystring: GroupQuery,
        response: { 200: listOf(Group, "One page of groups"), ...guarded() },
      },
    },
    async (request) => {
      const { items, next } = await store.groups.list(pageOf(request.query));
      return { items: items.map(groupJson), ...(next === undefined ? {} : { next }) };
    },
  );

  app.get(
    "/groups/:name",
    {
      schema: {
        tags,
        operationId: "getGroup",
        summary: "Show a group",
        description:
          "What it decides, and how many users are in it. The ETag is for If-Match of a change, and for If-None-Match here: 304 where all of it is as it was.",
        params: GroupName,
        response: { 200: reference(Group), 304: notModifiedAnswer, ...guarded("group-not-found") },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const group = await store.groups.find(name);
      if (group === undefined) throw new AppError("group-not-found", noGroupSentence(name), { name });
      const shown = groupJson(group);
      if (notModified(request, reply, etagOf(group, shown))) return reply.send(null as never);
      return shown;
    },
  );
}
