import type { Static } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import type { UserOutcome, UserWrite } from "../../server/store/store-types.ts";
import { MAX_BATCH_BODY, ROWS_AT_ONCE } from "../limits.ts";
import { guardedBody } from "../schemas/answers.ts";
import { Batch, BatchQuery, BatchResult, type ResultOfRow, type RowOfBatch } from "../schemas/batch.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";
import { auditedUser } from "../users/audited-user.ts";
import { checkAgainstPools, creation, otherPassword, replacement } from "../users/user-writes.ts";
import { carryOut } from "../writes/carry-out.ts";
import { changesOf } from "../writes/changes.ts";

/** A row that can be written, or why not. */
type Prepared =
  | { readonly write: UserWrite; readonly generated: string | undefined }
  | { readonly error: AppError };

/** `/api/v1/users:batch`: many users in one transaction. */
export function addBatchRoute(app: App, services: Services): void {
  app.post(
    "/users::batch",
    {
      bodyLimit: MAX_BATCH_BODY,
      config: { cost: 20 },
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
      const prepared: Prepared[] = [];
      for (const row of rows) {
        if (prepared.length % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await services.turn();
        prepared.push(prepare(row, services));
      }
      const writes = prepared.flatMap((one) => ("write" in one ? [one.write] : []));
      // What cannot be written at all is refused with the others, where all stand for one.
      const hopeless = atomic && writes.length < rows.length;
      const { report, sessionsEnded } = await carryOut(
        writes,
        { atomic, dryRun: dryRun || hopeless },
        services,
      );
      const outcomes = report.outcomes.values();
      const results = prepared.map((one, i): ResultOfRow => {
        const { name } = rows[i]!;
        if ("error" in one) return refused(name, one.error);
        const outcome = outcomes.next().value as UserOutcome;
        if (outcome.did === "refused") return refused(name, outcome.error);
        const { did, after, before } = outcome;
        const id = (before ?? (report.stored ? after : undefined))?.id ?? null;
        const shown = report.stored && did === "created" ? one.generated : undefined;
        return {
          name,
          did,
          id,
          ...(shown === undefined ? {} : { password: shown }),
          ...(dryRun && did !== "removed" ? { changes: changesOf(outcome) } : {}),
        };
      });
      const count = (did: ResultOfRow["did"]) => results.filter((row) => row.did === did).length;
      const counts = {
        created: count("created"),
        changed: count("changed"),
        unchanged: count("unchanged"),
        removed: count("removed"),
        refused: count("refused"),
      };
      if (report.stored) {
        for (const outcome of report.outcomes)
          if (outcome.kind === "user" && outcome.did !== "refused" && outcome.did !== "unchanged") {
            const { before, after } = outcome;
            const { id, name } = (after ?? before)!;
            request.audited({
              target: { kind: "user", name, id },
              before: auditedUser(before, services),
              after: auditedUser(after, services),
            });
          }
        request.audited({ target: { kind: "users" }, effects: { ...counts, sessionsEnded } });
      } else request.unaudited();
      return {
        stored: report.stored,
        ...counts,
        effects: { sessionsEnded: dryRun || report.stored ? sessionsEnded : 0 },
        rows: results,
      };
    },
  );
}

function prepare(row: RowOfBatch, services: Services): Prepared {
  try {
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
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error };
  }
}

function refused(name: string, { code, message, details }: AppError): ResultOfRow {
  const { field } = details;
  return {
    name,
    did: "refused",
    id: null,
    code,
    detail: message,
    ...(typeof field === "string" ? { field } : {}),
  };
}
