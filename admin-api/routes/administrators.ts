import { AppError } from "../../server/errors/app-error.ts";
import { madeBy } from "../actor.ts";
import { checkAdministratorPassword, type HashingTurns, makeHash } from "../people/password-hash.ts";
import {
  Administrator,
  AdministratorPassword,
  AdministratorPatch,
  AdministratorPath,
  administratorJson,
  NewAdministrator,
  RemovalQuery,
} from "../schemas/administrator.ts";
import { guarded, guardedBody, noContent } from "../schemas/answers.ts";
import { listOf, PageQuery, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";

/** What an argon2id costs a token's budget. */
const HASH_COST = 20;

/** `/api/v1/admins`: who administers pacd with a name and a password. */
export function addAdministratorRoutes(app: App, { store }: Services, turns: HashingTurns): void {
  const { administrators } = store;
  const tags = ["administration"];
  const config = { role: "admin" as const };
  const ends = "Log-ins that are open end, and answers that go on for them.";

  app.get(
    "/admins",
    {
      config,
      schema: {
        tags,
        operationId: "listAdministrators",
        summary: "List administrators",
        description: "By name. The token of the file admin-token and the local socket are none.",
        querystring: PageQuery,
        response: { 200: listOf(Administrator, "One page of administrators"), ...guarded() },
      },
    },
    async (request) => {
      const { items, next } = await administrators.list(pageOf(request.query));
      return { items: items.map(administratorJson), ...(next === undefined ? {} : { next }) };
    },
  );

  app.post(
    "/admins",
    {
      config: { ...config, cost: HASH_COST, idempotent: "begun" },
      schema: {
        tags,
        operationId: "createAdministrator",
        summary: "Add an administrator",
        description: "Who logs in with `POST /log-in`. The answer's Location header is the path.",
        body: NewAdministrator,
        response: {
          201: reference(Administrator),
          ...guardedBody(
            "invalid-name",
            "invalid-password",
            "administrator-exists",
            "too-many-administrators",
          ),
        },
      },
    },
    async (request, reply) => {
      const { name, password, role, enabled = true } = request.body;
      checkAdministratorPassword(password);
      const hash = await turns.take(() => makeHash(password));
      const createdBy = madeBy(request.actor!);
      const made = await administrators.create({ name, password: hash, role, enabled, createdBy });
      request.audited({ target: administratorTarget(made), after: administratorJson(made) });
      reply.code(201).header("location", `/api/v1/admins/${encodeURIComponent(made.name)}`);
      return administratorJson(made);
    },
  );

  app.get(
    "/admins/:name",
    {
      config,
      schema: {
        tags,
        operationId: "getAdministrator",
        summary: "Show an administrator",
        description: "All but the password, of which there is a hash alone.",
        params: AdministratorPath,
        response: { 200: reference(Administrator), ...guarded("administrator-not-found") },
      },
    },
    async (request) => {
      const found = await administrators.find(request.params.name);
      if (found !== undefined) return administratorJson(found);
      const name = JSON.stringify(request.params.name);
      throw new AppError("administrator-not-found", `There is no administrator ${name}.`);
    },
  );

  app.patch(
    "/admins/:name",
    {
      config: { ...config, idempotent: "begun" },
      schema: {
        tags,
        operationId: "changeAdministrator",
        summary: "Change an administrator",
        description: `What is left out stays. With another role, or where \`enabled\` becomes false: ${ends}`,
        params: AdministratorPath,
        body: AdministratorPatch,
        response: {
          200: reference(Administrator),
          ...guardedBody(
            "invalid-name",
            "administrator-not-found",
            "administrator-exists",
            "last-administrator",
          ),
        },
      },
    },
    async (request) => {
      const { name } = request.params;
      const before = await administrators.find(name);
      const changed = await administrators.update(name, request.body);
      request.audited({
        target: administratorTarget(changed),
        before: before === undefined ? null : administratorJson(before),
        after: administratorJson(changed),
      });
      return administratorJson(changed);
    },
  );

  app.put(
    "/admins/:name/password",
    {
      config: { ...config, cost: HASH_COST, idempotent: "begun" },
      schema: {
        tags,
        operationId: "setAdministratorPassword",
        summary: "Set an administrator's password",
        description: ends,
        params: AdministratorPath,
        body: AdministratorPassword,
        response: {
          200: reference(Administrator),
          ...guardedBody("invalid-password", "administrator-not-found"),
        },
      },
    },
    async (request) => {
      const { password } = request.body;
      checkAdministratorPassword(password);
      const hash = await turns.take(() => makeHash(password));
      const changed = await administrators.setPassword(request.params.name, hash);
      request.audited({ target: administratorTarget(changed), effects: { logInsEnded: true } });
      return administratorJson(changed);
    },
  );

  app.delete(
    "/admins/:name",
    {
      config: { ...config, idempotent: "begun" },
      schema: {
        tags,
        operationId: "removeAdministrator",
        summary: "Remove an administrator",
        description: `${ends} The last one who is enabled and has the role admin only with \`last=true\`.`,
        params: AdministratorPath,
        querystring: RemovalQuery,
        response: { 204: noContent, ...guarded("administrator-not-found", "last-administrator") },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const before = await administrators.find(name);
      await administrators.remove(name, { last: request.query.last === "true" });
      request.audited({
        target: before === undefined ? { kind: "administrator", name } : administratorTarget(before),
        before: before === undefined ? null : administratorJson(before),
      });
      return reply.code(204).send(null);
    },
  );
}

const administratorTarget = ({ name, id }: { readonly name: string; readonly id: string }) => ({
  kind: "administrator",
  name,
  id,
});
