import type { FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import type { Outcome, Write } from "../../server/store/store-types.ts";
import { ROWS_AT_ONCE } from "../limits.ts";
import type { ResultOfRow } from "../schemas/batch.ts";
import { groupJson } from "../schemas/group.ts";
import type { Services } from "../services.ts";
import { auditedUser } from "../users/audited-user.ts";
import type { CarriedOut } from "./carry-out.ts";
import { changesOf } from "./changes.ts";

/** A row of a request that can be written, or why not. */
export type PreparedRow = { readonly kind: Write["kind"]; readonly name: string } & (
  | { readonly write: Write; readonly generated: string | undefined }
  | { readonly error: AppError }
);

/** What came of one row, and what it is about. */
type RowResult = ResultOfRow & { readonly kind: Write["kind"] };

/** Looks at rows one by one, with turns of the event loop between them. What refuses a row stands in it. */
export async function prepareRows<Row extends { readonly name: string }>(
  kind: Write["kind"],
  rows: readonly Row[],
  prepare: (row: Row) => { readonly write: Write; readonly generated: string | undefined },
  { turn }: Pick<Services, "turn">,
): Promise<PreparedRow[]> {
  const prepared: PreparedRow[] = [];
  for (const row of rows) {
    if (prepared.length % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await turn();
    const about = { kind, name: row.name };
    try {
      prepared.push({ ...about, ...prepare(row) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      prepared.push({ ...about, error });
    }
  }
  return prepared;
}

/** The writes of those rows that have one. */
export const writesOf = (rows: readonly PreparedRow[]): Write[] =>
  rows.flatMap((row) => ("write" in row ? [row.write] : []));

/**
 * One result for each row, in their order, and then for what was written beyond them. `dryRun`: with what
 * would change.
 */
export function resultsOf(
  rows: readonly PreparedRow[],
  { outcomes, stored }: CarriedOut["report"],
  dryRun: boolean,
): RowResult[] {
  const left = outcomes.values();
  const resultOf = (outcome: Outcome, name: string, generated?: string): RowResult => {
    const { kind } = outcome;
    if (outcome.did === "refused") return { kind, ...refused(name, outcome.error) };
    const { did, after, before } = outcome;
    return {
      kind,
      name,
      did,
      id: (before ?? (stored ? after : undefined))?.id ?? null,
      ...(stored && did === "created" && generated !== undefined ? { password: generated } : {}),
      ...(dryRun && did !== "removed" ? { changes: changesOf(outcome) } : {}),
    };
  };
  const ofRows = rows.map((row) =>
    "error" in row
      ? { kind: row.kind, ...refused(row.name, row.error) }
      : resultOf(left.next().value as Outcome, row.name, row.generated),
  );
  return [...ofRows, ...[...left].map((outcome) => resultOf(outcome, nameIn(outcome)))];
}

/** How many rows came to what. */
function countsOf(results: readonly ResultOfRow[]) {
  const count = (did: ResultOfRow["did"]) => results.filter((row) => row.did === did).length;
  return {
    created: count("created"),
    changed: count("changed"),
    unchanged: count("unchanged"),
    removed: count("removed"),
    refused: count("refused"),
  };
}

/** What the answer says of all rows together; puts on record what was written. */
export async function summedUp(
  request: FastifyRequest,
  { report, sessionsEnded }: CarriedOut,
  results: readonly ResultOfRow[],
  dryRun: boolean,
  services: Services,
) {
  const counts = countsOf(results);
  await auditWrites(request, report, { ...counts, sessionsEnded }, services);
  const effects = { sessionsEnded: dryRun || report.stored ? sessionsEnded : 0 };
  return { stored: report.stored, ...counts, effects };
}

/** Puts on record each thing that was written, and `effects` of them all. */
async function auditWrites(
  request: FastifyRequest,
  { outcomes, stored }: CarriedOut["report"],
  effects: object,
  services: Services,
): Promise<void> {
  // Each of what was refused alone is in the effects of the whole.
  const notable = stored ? outcomes.filter(({ did }) => did !== "unchanged") : [];
  if (notable.length === 0) {
    request.unaudited();
    return;
  }
  for (const [i, outcome] of notable.entries()) {
    if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await services.turn();
    if (outcome.did === "refused") continue;
    const { id, name } = (outcome.after ?? outcome.before)!;
    const [before, after] =
      outcome.kind === "user"
        ? [auditedUser(outcome.before, services), auditedUser(outcome.after, services)]
        : [
            outcome.before === undefined ? null : groupJson(outcome.before),
            outcome.after === undefined ? null : groupJson(outcome.after),
          ];
    request.audited({ target: { kind: outcome.kind, name, id }, before, after });
  }
  request.audited({ target: { kind: "users" }, effects });
}

/** Of what was removed because no row names it; of what could not be, the error says it. */
function nameIn(outcome: Outcome): string {
  if (outcome.did === "refused") return String(outcome.error.details["name"] ?? "");
  return (outcome.before ?? outcome.after)!.name;
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
