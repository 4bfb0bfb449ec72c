import { sql } from "kysely";
import { AppError } from "../../errors/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Claim } from "../answers/answer-types.ts";
import type { Db } from "../database.ts";
import { GroupWriter } from "../groups/group-writer.ts";
import type { NameClashes } from "../name-clashes.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import { USER_COLUMNS, userOf } from "../user-rows.ts";
import type { SecretKeeper } from "../user-secrets.ts";
import { freeAddresses, removalsOfGroups, removalsOfUsers } from "./documents.ts";
import { UserWriter } from "./user-writer.ts";
import type { Outcome, Write, WriteReport, WriteTerms } from "./write-types.ts";

/**
 * Ours: so many writes, then the event loop has its turn. A write with a new password took 0.7 ms on a busy
 * host, so that a turn takes some 14 ms.
 */
const WRITES_AT_ONCE = 20;

/** What the writes of a database need. */
export interface RunParts {
  readonly db: Db;
  readonly keeper: SecretKeeper;
  readonly clashes: NameClashes;
  readonly clock: Pick<Clock, "date">;
  /** Notes in a transaction that a request was done. */
  readonly claimDone: (db: Db, claim: Claim) => Promise<void>;
  /** Resolves in a later turn of the event loop. */
  readonly turn: () => Promise<void>;
}

/** Carries what came of it out of a transaction that is taken back. */
class TakenBack extends Error {
  readonly report: WriteReport;

  constructor(report: WriteReport) {
    super("taken back");
    this.report = report;
  }
}

/**
 * Does all of it in one transaction. A write that is refused has written nothing; where one stands for all,
 * or nothing shall be done, all is taken back.
 */
export async function runWrites(
  writes: readonly Write[],
  terms: WriteTerms,
  parts: RunParts,
): Promise<WriteReport> {
  const { db, clashes } = parts;
  const report = await db
    .transaction()
    .execute(async (transaction) => {
      const report = await inTransaction(writes, terms, { ...parts, db: transaction });
      if (!report.stored) throw new TakenBack(report);
      if (terms.claim !== undefined) await parts.claimDone(transaction, terms.claim);
      return report;
    })
    .catch((error: unknown) => {
      if (error instanceof TakenBack) return error.report;
      throw error;
    });
  if (report.stored) for (const id of withOtherNames(report)) await clashes.without(id);
  return report;
}

async function inTransaction(
  writes: readonly Write[],
  { atomic, dryRun, watch = [], document }: WriteTerms,
  { db, keeper, clashes, clock, turn }: RunParts,
): Promise<WriteReport> {
  const now = () => clock.date().toISOString();
  const freed = document === undefined ? new Map() : await freeAddresses(db, writes);
  const users = new UserWriter({ db, keeper, clashes, now, freed });
  const groups = new GroupWriter(db, now);
  let done = 0;
  const outcomeOf = async (write: Write): Promise<Outcome> => {
    if (++done % WRITES_AT_ONCE === 0) await turn();
    try {
      return write.kind === "user"
        ? { kind: "user", ...(await users.write(write)) }
        : { kind: "group", ...(await groups.write(write)) };
    } catch (error) {
      if (!(error instanceof AppError) || isStoreUnavailable(error)) throw error;
      return { kind: write.kind, did: "refused", error };
    }
  };
  const outcomesOf = async (some: readonly Write[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const write of some) outcomes.push(await outcomeOf(write));
    return outcomes;
  };
  // First, so that what they had is free; last in the report.
  const usersGone = await outcomesOf(await removalsOfUsers(db, document?.users));
  const outcomes = await outcomesOf(writes);
  const groupsGone = await outcomesOf(await removalsOfGroups(db, document?.groups));
  const all = [...outcomes, ...usersGone, ...groupsGone];
  const refused = all.some((outcome) => outcome.did === "refused");
  const watched =
    watch.length === 0
      ? []
      : await db
          .selectFrom("users")
          .select(USER_COLUMNS)
          .where(sql<boolean>`users.id IN (SELECT value FROM json_each(${JSON.stringify(watch)}))`)
          .execute();
  const whole = atomic || document !== undefined;
  return { outcomes: all, stored: !dryRun && !(whole && refused), watched: watched.map(userOf) };
}

/** IDs of users who were removed or renamed. */
const withOtherNames = ({ outcomes }: WriteReport): readonly string[] =>
  outcomes.flatMap((outcome) =>
    outcome.kind === "user" && outcome.did !== "refused" && outcome.before !== undefined
      ? outcome.before.name === outcome.after?.name
        ? []
        : [outcome.before.id]
      : [],
  );

/** The one outcome of the only write; what refused it is thrown. */
export function onlyOutcome<K extends Outcome["kind"]>(
  { outcomes }: WriteReport,
  kind: K,
): Exclude<Extract<Outcome, { kind: K }>, { did: "refused" }> {
  const [outcome] = outcomes;
  if (outcome === undefined || outcome.kind !== kind) throw new TypeError("one write has one outcome");
  if (outcome.did === "refused") throw outcome.error;
  return outcome as Exclude<Extract<Outcome, { kind: K }>, { did: "refused" }>;
}
