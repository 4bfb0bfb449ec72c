import type { FastifyReply, FastifyRequest } from "fastify";
import type { GroupOutcome, GroupWrite } from "../../server/store/store-types.ts";
import { onlyOutcome } from "../../server/store/writes/run-writes.ts";
import { guarded, guardedBody } from "../schemas/answers.ts";
import {
  ChangedGroup,
  Group,
  GroupName,
  GroupPatch,
  GroupRemoval,
  groupJson,
  NewGroup,
  RemovedGroup,
  WholeGroup,
} from "../schemas/group.ts";
import { DryRun, orPlan, planJson, WritePlan } from "../schemas/plan.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";
import { carryOut } from "../writes/carry-out.ts";
import { changesOf } from "../writes/changes.ts";
import { conditionOf, etagOf } from "../writes/etag.ts";
import { checkPoolOf, replacementOfGroup } from "../writes/group-writes.ts";

const POLICY_CODES = ["invalid-name", "invalid-comment", "invalid-policy", "pool-unknown"] as const;

/** Of whatever changes a group that is there. */
const STATE_CODES = ["changed-meanwhile", "precondition-required"] as const;

const IF_MATCH = "With If-Match it is done only where the group is as that ETag was shown (412 otherwise). ";

type Done = Exclude<GroupOutcome, { did: "refused" }>;

/** What was done to a group, and what that meant for its users. */
interface Written {
  readonly outcome: Done;
  readonly effects: {
    readonly sessionsEnded: number;
    readonly overridden: Readonly<Record<string, number>>;
    readonly released: number;
  };
}

/** Adds, changes, replaces and removes groups. */
export function addGroupWriteRoutes(app: App, services: Services): void {
  const { store } = services;
  const tags = ["groups"];

  /** Does it, and puts it on record; of a dry run, answers what would happen, and returns undefined. */
  async function written(
    request: FastifyRequest,
    reply: FastifyReply,
    write: GroupWrite,
  ): Promise<Written | undefined> {
    const { dryRun = false } = request.query as { dryRun?: boolean };
    const { report, sessionsEnded } = await carryOut(
      [write],
      { atomic: true, dryRun, claim: request.claim },
      services,
    );
    const outcome = onlyOutcome(report, "group");
    const { before, after, did } = outcome;
    const effects = {
      sessionsEnded,
      overridden:
        before === undefined || after === undefined
          ? {}
          : await store.groups.overridden(
              before,
              changesOf(outcome).map(({ field }) => field),
            ),
      released: did === "removed" ? before!.users : 0,
    };
    if (dryRun) {
      reply.code(200).type("application/json; charset=utf-8");
      reply.send(JSON.stringify(planJson(outcome, effects)));
      return undefined;
    }
    const { id, name } = (after ?? before)!;
    const { overridden, released } = effects;
    const shownEffects = did === "removed" ? { released, sessionsEnded } : { sessionsEnded, overridden };
    request.audited({
      target: { kind: "group", name, id },
      before: before === undefined ? null : groupJson(before),
      after: after === undefined ? null : groupJson(after),
      ...(did === "changed" || did === "removed" ? { effects: shownEffects } : {}),
    });
    return { outcome, effects };
  }

  /** The group as the answer shows it, with its tag. */
  function shown(reply: FastifyReply, { after }: Done) {
    const json = groupJson(after!);
    reply.header("etag", etagOf(after!, json));
    return json;
  }

  const changed = (reply: FastifyReply, { outcome, effects }: Written) => ({
    ...shown(reply, outcome),
    effects: { sessionsEnded: effects.sessionsEnded, overridden: effects.overridden },
  });

  app.post(
    "/groups",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "createGroup",
        summary: "Add a group",
        description:
          "What is left out, or null, the group does not decide. Users are put into it with `group` of theirs. " +
          "The answer's Location header is the group's path.",
        querystring: DryRun,
        body: NewGroup,
        response: {
          200: reference(WritePlan),
          201: reference(Group),
          ...guardedBody(...POLICY_CODES, "group-exists"),
        },
      },
    },
    async (request, reply) => {
      checkPoolOf(request.body, services);
      const done = await written(request, reply, { kind: "group", do: "create", group: request.body });
      if (done === undefined) return reply;
      reply.code(201).header("location", pathOf(done.outcome.after!.name));
      return shown(reply, done.outcome);
    },
  );

  app.put(
    "/groups/:name",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "putGroup",
        summary: "Add a group, or replace all that was decided about one",
        description:
          "What is left out, or null, the group does not decide. Counts for sessions of its users as PATCH does. Sent again, it changes nothing. " +
          `${IF_MATCH}With \`If-None-Match: *\` only a new one is added.`,
        params: GroupName,
        querystring: DryRun,
        body: WholeGroup,
        response: {
          200: orPlan(ChangedGroup),
          201: reference(Group),
          ...guardedBody(...POLICY_CODES, "group-exists", "group-not-found", ...STATE_CODES),
        },
      },
    },
    async (request, reply) => {
      const { write } = replacementOfGroup(request.params.name, request.body, services);
      const when = conditionOf(request, services.requireIfMatch);
      const done = await written(request, reply, { ...write, when });
      if (done === undefined) return reply;
      if (done.outcome.did !== "created") return changed(reply, done);
      reply.code(201).header("location", pathOf(done.outcome.after!.name));
      return shown(reply, done.outcome);
    },
  );

  app.patch(
    "/groups/:name",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "changeGroup",
        summary: "Change what a group decides",
        description:
          "What is left out stays; null is what the group no longer decides. Counts for sessions of its users as a change of the user " +
          "does: rates, destinations and time limits at once, and whom it no longer allows is disconnected, before the answer comes. " +
          "Users about whom a field was decided keep their own. A new `name` disconnects nobody, and the ID stays. " +
          `What changes nothing leaves \`updatedAt\` and ETag as they are. ${IF_MATCH}`,
        params: GroupName,
        querystring: DryRun,
        body: GroupPatch,
        response: {
          200: orPlan(ChangedGroup),
          ...guardedBody(...POLICY_CODES, "group-exists", "group-not-found", ...STATE_CODES),
        },
      },
    },
    async (request, reply) => {
      const { comment, ...settings } = request.body;
      checkPoolOf(settings, services);
      const when = conditionOf(request, services.requireIfMatch);
      const change = { ...settings, ...(comment === undefined ? {} : { comment: comment ?? "" }) };
      const { name: ref } = request.params;
      const done = await written(request, reply, { kind: "group", do: "update", ref, change, when });
      return done === undefined ? reply : changed(reply, done);
    },
  );

  app.delete(
    "/groups/:name",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "removeGroup",
        summary: "Remove a group",
        description:
          "A group that has users is removed only with `members=release`: they are in no group then, and what the group decided no longer " +
          `counts for them, as if it had been changed. Users, their own policy and their passwords stay. ${IF_MATCH}`,
        params: GroupName,
        querystring: GroupRemoval,
        response: {
          200: orPlan(RemovedGroup),
          ...guarded("group-not-found", "group-has-members", ...STATE_CODES),
        },
      },
    },
    async (request, reply) => {
      const release = request.query.members === "release";
      const when = conditionOf(request, services.requireIfMatch);
      const { name: ref } = request.params;
      const done = await written(request, reply, { kind: "group", do: "remove", ref, release, when });
      if (done === undefined) return reply;
      const { id, name } = done.outcome.before!;
      const { released, sessionsEnded } = done.effects;
      return { id, name, released, sessionsEnded };
    },
  );
}

const pathOf = (name: string) => `/api/v1/groups/${encodeURIComponent(name)}`;
