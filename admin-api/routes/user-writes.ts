import type { FastifyReply, FastifyRequest } from "fastify";
import type { UserOutcome, UserWrite } from "../../server/store/store-types.ts";
import { onlyOutcome } from "../../server/store/writes/run-writes.ts";
import { guarded, guardedBody, noContent } from "../schemas/answers.ts";
import { DryRun, orPlan, planJson, WritePlan } from "../schemas/plan.ts";
import { reference } from "../schemas/reference.ts";
import { lastFailureOf } from "../schemas/remarks.ts";
import {
  freshUserJson,
  NewPassword,
  NewUser,
  User,
  UserName,
  UserPatch,
  UserWithPassword,
  userJson,
  WholeUser,
} from "../schemas/user.ts";
import type { App, Services } from "../services.ts";
import { addressNotes } from "../users/address-notes.ts";
import { auditedUser } from "../users/audited-user.ts";
import { changeOf, isMergePatch } from "../users/change.ts";
import { generatePassword } from "../users/generated-password.ts";
import { passwordExpiry } from "../users/password-expiry.ts";
import { checkAgainstPools, creation, replacement } from "../users/user-writes.ts";
import { carryOut, endingDenied } from "../writes/carry-out.ts";
import { conditionOf, etagOf } from "../writes/etag.ts";

const POLICY_CODES = [
  "invalid-policy",
  "invalid-address",
  "address-outside-network",
  "address-reserved",
  "pool-unknown",
  "group-unknown",
  "invalid-comment",
  "invalid-labels",
  "address-taken",
] as const;

/** Of whatever changes something that is there. */
const STATE_CODES = ["changed-meanwhile", "precondition-required", "not-yet-written"] as const;

const IF_MATCH = "With If-Match it is done only where the user is as that ETag was shown (412 otherwise). ";

type Done = Exclude<UserOutcome, { did: "refused" }>;

/** Adds, changes, replaces and removes users. The store refuses what cannot be; it knows nothing of pools. */
export function addUserWriteRoutes(app: App, services: Services): void {
  const tags = ["users"];

  /** Does it, and puts it on record; of a dry run, answers what would happen, and returns undefined. */
  async function written(
    request: FastifyRequest,
    reply: FastifyReply,
    write: UserWrite,
  ): Promise<Done | undefined> {
    const { dryRun = false } = request.query as { dryRun?: boolean };
    const { report, sessionsEnded } = await carryOut(
      [write],
      { atomic: true, dryRun, claim: request.claim },
      services,
    );
    const outcome = onlyOutcome(report, "user");
    if (dryRun) {
      reply.code(200).type("application/json; charset=utf-8");
      reply.send(JSON.stringify(planJson(outcome, { sessionsEnded })));
      return undefined;
    }
    const { before, after } = outcome;
    const { id, name } = (after ?? before)!;
    const effects = { sessionsEnded, ...(outcome.password ? { password: "set" } : {}) };
    request.audited({
      target: { kind: "user", name, id },
      before: auditedUser(before, services),
      after: auditedUser(after, services),
      ...(outcome.did === "unchanged" ? {} : { effects }),
    });
    return outcome;
  }

  /** The user as the answer shows them, with their tag. */
  async function shown(reply: FastifyReply, { after }: Done) {
    const json = userJson(after!, services);
    reply.header("etag", etagOf(after!, { ...json, ...(await lastFailureOf(after!, services.store)) }));
    return json;
  }

  /** What is to be said of a static address that was set. */
  const notesOn = ({ after }: Done, body: { readonly staticAddress?: string | null }) =>
    typeof body.staticAddress === "string"
      ? addressNotes(after!, () => services.concentrator.sessions())
      : [];

  app.post(
    "/users",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "createUser",
        summary: "Add a user",
        description:
          "What is left out is the group's to decide, or unrestricted, and the password expires as `password.max_age_days` of the configuration says. " +
          "The answer's Location header is the user's path.",
        querystring: DryRun,
        body: NewUser,
        response: {
          200: reference(WritePlan),
          201: reference(UserWithPassword),
          ...guardedBody("invalid-name", "invalid-password", ...POLICY_CODES, "user-exists"),
        },
      },
    },
    async (request, reply) => {
      const { write, generated } = creation(request.body, services);
      const done = await written(request, reply, write);
      if (done === undefined) return reply;
      const { password } = request.body;
      await shown(reply, done);
      reply.code(201).header("location", pathOf(done.after!.name));
      return freshUserJson(
        done.after!,
        password,
        password ?? generated!,
        services,
        notesOn(done, request.body),
      );
    },
  );

  app.put(
    "/users/:name",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "putUser",
        summary: "Add a user, or replace all that was decided about one",
        description:
          "What is left out is not decided: the group says it, or nobody. The password stays where none is given, and with it when it expires; of a new user one is " +
          `generated. Sent again, it changes nothing. ${IF_MATCH}With \`If-None-Match: *\` only somebody new is added.`,
        params: UserName,
        querystring: DryRun,
        body: WholeUser,
        response: {
          200: orPlan(UserWithPassword),
          201: reference(UserWithPassword),
          ...guardedBody(
            "invalid-name",
            "invalid-password",
            ...POLICY_CODES,
            "user-exists",
            "user-not-found",
            "password-needed",
            ...STATE_CODES,
          ),
        },
      },
    },
    async (request, reply) => {
      const { write, generated } = replacement(request.params.name, request.body, services);
      const when = conditionOf(request, services.requireIfMatch);
      const done = await written(request, reply, { ...write, when });
      if (done === undefined) return reply;
      await shown(reply, done);
      const { password } = request.body;
      if (done.did === "created") reply.code(201).header("location", pathOf(done.after!.name));
      const set = password ?? (done.did === "created" ? generated : undefined);
      return set === undefined
        ? userJson(done.after!, services)
        : freshUserJson(done.after!, password, set, services, notesOn(done, request.body));
    },
  );

  app.patch(
    "/users/:name",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "changeUser",
        summary: "Change what a user may do",
        description:
          "What is left out stays. A field of the policy that is said is the user's own from then on. As `application/merge-patch+json` " +
          "(RFC 7396) null takes any setting back, so that the group decides it again, or nobody, and labels are merged one by one; as `application/json` null " +
          "is a value of fields that have it, and `inherit` names what is taken back. Rates, destinations and time limits count at once, also for sessions that are up. " +
          "A session that `enabled`, the validity, the hours or the sources no longer allow is disconnected. Address, pool, " +
          "name servers, encryption and the number of sessions count from the next dial on. A new `name` disconnects nobody: " +
          "sessions that are up show it at once, and the ID stays. Only the new name logs in from then on. What changes nothing leaves `updatedAt` and ETag as they are. " +
          IF_MATCH,
        params: UserName,
        querystring: DryRun,
        body: UserPatch,
        response: {
          200: orPlan(User),
          ...guardedBody(
            "invalid-name",
            ...POLICY_CODES,
            "user-exists",
            "user-not-found",
            "password-needed",
            ...STATE_CODES,
          ),
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const change = changeOf(request.body, isMergePatch(request.headers));
      checkAgainstPools(change, services);
      const when = conditionOf(request, services.requireIfMatch);
      const write: UserWrite = { kind: "user", do: "update", ref: name, change, when };
      const done = await written(request, reply, write).catch(endingDenied(name, false, services));
      if (done === undefined) return reply;
      const notes = notesOn(done, request.body);
      return { ...(await shown(reply, done)), ...(notes.length === 0 ? {} : { notes: [...notes] }) };
    },
  );

  app.delete(
    "/users/:name",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "removeUser",
        summary: "Remove a user, and disconnect the user's sessions",
        description: `Who dials under that name is refused from then on; records of sessions and dials stay. ${IF_MATCH}`,
        params: UserName,
        querystring: DryRun,
        response: {
          200: reference(WritePlan),
          204: noContent,
          ...guarded("user-not-found", ...STATE_CODES),
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const when = conditionOf(request, services.requireIfMatch);
      const done = await written(request, reply, { kind: "user", do: "remove", ref: name, when }).catch(
        endingDenied(name, true, services),
      );
      return done === undefined ? reply : reply.code(204).send(null);
    },
  );

  app.put(
    "/users/:name/password",
    {
      config: { idempotent: "written" },
      schema: {
        tags,
        operationId: "setPassword",
        summary: "Set a user's password",
        description:
          "Without `password` in the body, a new one is generated and shown once. Without `passwordExpiresAt`, it expires " +
          "as `password.max_age_days` of the configuration says, whatever was said of the old one. Sessions stay up; wrong log-ins with the old password are forgotten. " +
          IF_MATCH,
        params: UserName,
        querystring: DryRun,
        body: NewPassword,
        response: {
          200: orPlan(UserWithPassword),
          ...guardedBody("invalid-password", "invalid-policy", "user-not-found", ...STATE_CODES),
        },
      },
    },
    async (request, reply) => {
      const { password = generatePassword(), recoverablePassword } = request.body;
      const change = {
        password,
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
        passwordExpiresAt: passwordExpiry(request.body.passwordExpiresAt, services),
      };
      const when = conditionOf(request, services.requireIfMatch);
      const write: UserWrite = { kind: "user", do: "password", ref: request.params.name, change, when };
      const done = await written(request, reply, write);
      if (done === undefined) return reply;
      await shown(reply, done);
      return freshUserJson(done.after!, request.body.password, password, services);
    },
  );
}

const pathOf = (name: string) => `/api/v1/users/${encodeURIComponent(name)}`;
