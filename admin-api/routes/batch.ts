import type { Static } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import { MAX_BATCH_BODY } from "../limits.ts";
import { guardedBody } from "../schemas/answers.ts";
import { Batch, BatchQuery, BatchResult, type RowOfBatch } from "../schemas/batch.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";
import {
  checkAgainstPools,
  creation,
  otherPassword,
  type PreparedWrite,
  replacement,
} from "../users/user-writes.ts";
import { carryOut } from "../writes/carry-out.ts";
import { prepareRows, resultsOf, summedUp, writesOf } from "../writes/row-results.ts";

/** `/api/v1/users:batch`: many users in one transaction. */
export function addBatchRoute(app: App, services: Services): void {
  app.post(
    "/users::batch",
    {
      bodyLimit: MAX_BATCH_BODY,
      config: { cost: 20, idempotent: "written" },
      schema: {
        tags: ["users"],
        operationId: "batchUsers",
        summary: "Add, change and remove many users in one transaction",
        description:
          "Each row has its own outcome and leaves the others as they are; with `atomic` all are done or none. A row means what the request for that one user does, and " +
          "counts for sessions likewise. Passwords that pacd generated are in the answer, this once. 200 also where rows were refused: look at `refused`.",
        querystring: BatchQuery,
        body: Batch,
        response: { 200: reference(BatchResult), ...guardedBody() },
      },
    },
    async (request): Promise<Static<typeof BatchResult>> => {
      const { atomic = false, rows } = request.body;
      const dryRun = request.query.dryRun === true;
      const prepared = await prepareRows("user", rows, (row) => prepare(row, services), services);
      const writes = writesOf(prepared);
      // What cannot be written at all is refused with the others, where all stand for one.
      const hopeless = atomic && writes.length < rows.length;
      const done = await carryOut(
        writes,
        { atomic, dryRun: dryRun || hopeless, claim: request.claim },
        services,
      );
      const results = resultsOf(prepared, done.report, dryRun);
      const summary = await summedUp(request, done, results, dryRun, services);
      return { ...summary, rows: results.map(({ kind: _, ...row }) => row) };
    },
  );
}

/** What a row asks for. */
function prepare(row: RowOfBatch, services: Services): PreparedWrite {
  const { do: what, newName, inherit, ...user } = row;
  const { name } = user;
  if (what !== "update" && (newName !== undefined || inherit !== undefined))
    throw new AppError("invalid-request", "newName and inherit are for rows that update.", {
      field: newName === undefined ? "inherit" : "newName",
    });
  if (what === "create") return creation(user, services);
  if (what === "put") return replacement(name, user, services);
  if (what === "remove") return { write: { kind: "user", do: "remove", ref: name }, generated: undefined };
  const { name: ref, password, ...said } = user;
  checkAgainstPools(said, services);
  const change = {
    ...said,
    ...(newName === undefined ? {} : { name: newName }),
    ...(inherit === undefined ? {} : { inherit }),
  };
  const other = password === undefined ? {} : { password: otherPassword(password, services) };
  return { write: { kind: "user", do: "update", ref, change, ...other }, generated: undefined };
}
