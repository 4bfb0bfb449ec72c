import type { Static } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import { nameKey } from "../../server/names/user-name.ts";
import { MAX_BATCH_BODY } from "../limits.ts";
import { guardedBody } from "../schemas/answers.ts";
import { Apply, ApplyQuery, ApplyResult } from "../schemas/apply.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";
import { replacement } from "../users/user-writes.ts";
import { carryOut } from "../writes/carry-out.ts";
import { replacementOfGroup } from "../writes/group-writes.ts";
import { prepareRows, resultsOf, summedUp, writesOf } from "../writes/row-results.ts";

/** `/api/v1/users:apply`: users and groups as one document. */
export function addApplyRoute(app: App, services: Services): void {
  app.post(
    "/users::apply",
    {
      bodyLimit: MAX_BATCH_BODY,
      config: { cost: 20, idempotent: "written" },
      schema: {
        tags: ["users"],
        operationId: "applyUsers",
        summary: "Make users and groups what a document says, in one transaction",
        description:
          "All of it is done, or nothing where one row is refused: 200 also then, with `stored: false`; look at `refused`. Applied again, a document changes nothing. " +
          "Groups are written before users, and in what order they stand makes no difference: two users may swap their static addresses. With `prune` a group is " +
          "removed only if it has no users then. Passwords that pacd generated are in the answer, this once.",
        querystring: ApplyQuery,
        body: Apply,
        response: { 200: reference(ApplyResult), ...guardedBody() },
      },
    },
    async (request): Promise<Static<typeof ApplyResult>> => {
      const { groups = [], users = [], prune = false } = request.body;
      const dryRun = request.query.dryRun === true;
      const rows = [
        ...(await prepareRows(
          "group",
          groups,
          once((group) => replacementOfGroup(group.name, group, services)),
          services,
        )),
        ...(await prepareRows(
          "user",
          users,
          once((user) => replacement(user.name, user, services)),
          services,
        )),
      ];
      const writes = writesOf(rows);
      const stay = (part: readonly { readonly name: string }[] | undefined) =>
        prune && part !== undefined ? part.map(({ name }) => name) : undefined;
      const done = await carryOut(
        writes,
        {
          atomic: true,
          dryRun: dryRun || writes.length < rows.length,
          claim: request.claim,
          document: { users: stay(request.body.users), groups: stay(request.body.groups) },
        },
        services,
      );
      const results = resultsOf(rows, done.report, dryRun);
      const summary = await summedUp(request, done, results, dryRun, services);
      return { ...summary, rows: results };
    },
  );
}

/** Refuses what the document says a second time, in whatever spelling: which of the two counts? */
function once<Row extends { readonly name: string }, T>(work: (row: Row) => T): (row: Row) => T {
  const seen = new Map<string, string>();
  return (row) => {
    const key = nameKey(row.name);
    const other = seen.get(key);
    if (other !== undefined)
      throw new AppError(
        "invalid-request",
        `The document has ${JSON.stringify(row.name)} a second time, after ${JSON.stringify(other)}.`,
        { field: "name" },
      );
    seen.set(key, row.name);
    return work(row);
  };
}
