import { AppError } from "../../server/errors/app-error.ts";
import { noGroupSentence } from "../../server/store/groups/group-lookup.ts";
import type { Group as StoredGroup } from "../../server/store/store-types.ts";
import { guarded, guardedBody } from "../schemas/answers.ts";
import {
  ChangedGroup,
  decidedIn,
  Group,
  GroupName,
  GroupPatch,
  GroupRemoval,
  groupJson,
  NewGroup,
  RemovedGroup,
} from "../schemas/group.ts";
import { GroupQuery, listOf, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";
import { checkPoolOf } from "../writes/group-writes.ts";

const POLICY_CODES = ["invalid-name", "invalid-comment", "invalid-policy", "pool-unknown"] as const;

/** `/api/v1/groups`: policies that users inherit. */
export function addGroupRoutes(app: App, services: Services): void {
  const { store, concentrator } = services;
  const tags = ["groups"];
  const existing = async (name: string): Promise<StoredGroup> => {
    const group = await store.groups.find(name);
    if (group === undefined) throw new AppError("group-not-found", noGroupSentence(name), { name });
    return group;
  };

  app.post(
    "/groups",
    {
      schema: {
        tags,
        operationId: "createGroup",
        summary: "Add a group",
        description:
          "What is left out, or null, the group does not decide. Users are put into it with `group` of theirs. " +
          "The answer's Location header is the group's path.",
        body: NewGroup,
        response: { 201: reference(Group), ...guardedBody(...POLICY_CODES, "group-exists") },
      },
    },
    async (request, reply) => {
      checkPoolOf(request.body, services);
      const group = await store.groups.create(request.body);
      const shown = groupJson(group);
      request.audited({ target: targetOf(group), after: shown });
      reply.code(201).header("location", `/api/v1/groups/${encodeURIComponent(group.name)}`);
      return shown;
    },
  );

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
        description: "What it decides, and how many users are in it.",
        params: GroupName,
        response: { 200: reference(Group), ...guarded("group-not-found") },
      },
    },
    async (request) => groupJson(await existing(request.params.name)),
  );

  app.patch(
    "/groups/:name",
    {
      schema: {
        tags,
        operationId: "changeGroup",
        summary: "Change what a group decides",
        description:
          "What is left out stays; null is what the group no longer decides. Counts for sessions of its users as a change of the user " +
          "does: rates, destinations and time limits at once, and whom it no longer allows is disconnected, before the answer comes. " +
          "Users about whom a field was decided keep their own. A new `name` disconnects nobody, and the ID stays.",
        params: GroupName,
        body: GroupPatch,
        response: {
          200: reference(ChangedGroup),
          ...guardedBody(...POLICY_CODES, "group-exists", "group-not-found"),
        },
      },
    },
    async (request) => {
      const { comment, ...settings } = request.body;
      checkPoolOf(settings, services);
      const before = await existing(request.params.name);
      const change = { ...settings, ...(comment === undefined ? {} : { comment: comment ?? "" }) };
      const group = await store.groups.update({ id: before.id }, change);
      // After the store: whoever dials again right away is judged by what holds now.
      const sessionsEnded = await concentrator.groupChanged(group.id);
      const overridden = await store.groups.overridden(group, Object.keys(decidedIn(settings)));
      const effects = { sessionsEnded, overridden };
      const shown = groupJson(group);
      request.audited({ target: targetOf(group), before: groupJson(before), after: shown, effects });
      return { ...shown, effects };
    },
  );

  app.delete(
    "/groups/:name",
    {
      schema: {
        tags,
        operationId: "removeGroup",
        summary: "Remove a group",
        description:
          "A group that has users is removed only with `members=release`: they are in no group then, and what the group decided no longer " +
          "counts for them, as if it had been changed. Users, their own policy and their passwords stay.",
        params: GroupName,
        querystring: GroupRemoval,
        response: { 200: reference(RemovedGroup), ...guarded("group-not-found", "group-has-members") },
      },
    },
    async (request) => {
      const release = request.query.members === "release";
      const group = await store.groups.remove(request.params.name, { release });
      const sessionsEnded = await concentrator.groupChanged(group.id);
      const effects = { released: group.users, sessionsEnded };
      request.audited({ target: targetOf(group), before: groupJson(group), effects });
      return { id: group.id, name: group.name, ...effects };
    },
  );
}

const targetOf = ({ name, id }: StoredGroup) => ({ kind: "group", name, id });
