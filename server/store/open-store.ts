import { join } from "node:path";
import { sql } from "kysely";
import { MIGRATIONS } from "../../migrations/index.ts";
import type { Conditions } from "../conditions/conditions.ts";
import { ntPasswordHash } from "../crypto/nt-password-hash.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import { lastBackup, signDatabase } from "./about.ts";
import { answerBook, forgettableAnswers } from "./answers/answers.ts";
import { attemptRepository } from "./attempts.ts";
import { AuditKeeper } from "./audit/audit-keeper.ts";
import { tellingDrops } from "./audit/dropped-records.ts";
import { forgettableAudit } from "./audit/forgettable-audit.ts";
import { availableUsers } from "./available-users.ts";
import { backupBooks } from "./backup-books.ts";
import type { Db } from "./database.ts";
import { Denials } from "./denials.ts";
import { EventKeeper, lastEventId } from "./events/event-keeper.ts";
import type { Steps } from "./files/migrate.ts";
import { availableGroups } from "./groups/available-groups.ts";
import { groupRepository } from "./groups/groups.ts";
import { waitingForLock } from "./lock-wait.ts";
import { type NameClash, NameClashes } from "./name-clashes.ts";
import { alignNameKeys } from "./name-keys.ts";
import { openDatabase } from "./open-database.ts";
import { administratorRepository } from "./people/administrators.ts";
import { forgetExpiredLogIns, tokenRepository } from "./people/tokens.ts";
import { ReadsBeside } from "./reads-beside.ts";
import { RecordKeeper } from "./records/record-keeper.ts";
import { WaitingAttempts } from "./records/waiting-attempts.ts";
import { WaitingSessions } from "./records/waiting-sessions.ts";
import { recover } from "./recovery.ts";
import { forgettableRecords } from "./retention/forgettable.ts";
import { unlockSecretBox } from "./secret-key.ts";
import { sessionRepository } from "./sessions.ts";
import { withStaticAddresses } from "./static-addresses.ts";
import type { Store } from "./store-types.ts";
import { userRepository } from "./users.ts";
import { webhookRepository } from "./webhooks/webhooks.ts";

/** Ours: about 40 MB of traces for each of the three kinds of dials (`records/folding.ts`). */
export const KEEP_ATTEMPTS = 10_000;

export interface StoreOptions {
  /** The state directory; created with mode 0700 where missing. */
  readonly directory: string;
  /** Of pacd: the database says which one wrote it. */
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where it is raised that the database cannot be written, or read. */
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  /** Tests may hand in a cheaper one. */
  readonly ntHash?: (password: string) => Uint8Array;
  /** How many ended dials of each kind to remember. */
  readonly keepAttempts?: number;
  /** Told at once, and whenever that changes, which users have names from before that are one now. */
  readonly nameClashes?: (clashes: readonly NameClash[]) => void;
  /** Returns once a file has reached the disk; tests may hand in one that does not wait for it. */
  readonly sync?: (file: string) => Promise<void>;
  /** Tests may hand in steps that fail. */
  readonly steps?: Steps;
}

/**
 * Opens the store in the state directory: database, migrations, secret key. Closes nothing that an earlier
 * process left open; see `Store.recover`. state-unusable, state-incomplete, migration-failed,
 * secret-key-mismatch.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const {
    directory,
    version,
    clock,
    log,
    conditions,
    ntHash = ntPasswordHash,
    nameClashes = () => {},
    keepAttempts: keep = KEEP_ATTEMPTS,
    steps = MIGRATIONS,
    sync,
  } = options;
  const opened = await openDatabase({
    directory,
    clock,
    log,
    steps,
    ...(sync && { sync }),
    prepare: async (fresh) => {
      await alignNameKeys(fresh);
      await signDatabase(fresh, version);
      await forgetExpiredLogIns(fresh, clock.date().toISOString());
      return unlockSecretBox(fresh, directory);
    },
  });
  const { db, file, prepared: box } = opened;
  const clashes = await NameClashes.read(db, nameClashes);
  const attempts = new WaitingAttempts(await lastSeq(db, "attempts"));
  const sessions = new WaitingSessions(await lastSeq(db, "sessions"));
  const checkFile = () => file.check();
  const durable = () => file.durable();
  const beside = new ReadsBeside(db, opened.openReader);
  const users = await withStaticAddresses(db, userRepository({ db, box, ntHash, clock, clashes, beside }));
  const denials = new Denials();
  const lastAudit = await lastSeq(db, "audit");
  const audit = new AuditKeeper({ db, clock, log, conditions, checkFile, durable, lastSeq: lastAudit });
  const records = new RecordKeeper({
    db,
    clock,
    log,
    conditions: tellingDrops(conditions, audit),
    attempts,
    sessions,
    denials,
    keep,
    checkFile,
    leave: () => file.leave(),
    deny: ({ userId: id, removed }) =>
      removed ? users.remove({ id }) : users.update({ id }, { enabled: false }),
  });
  const writeLate = <T>(work: () => Promise<T>) =>
    waitingForLock(clock, async () => {
      checkFile();
      return work();
    });
  const write = async <T>(work: () => Promise<T>) => {
    const answer = await writeLate(work);
    await durable();
    return answer;
  };
  const { tokens, book } = await tokenRepository({ db, clock, write, writeLate });
  const events = new EventKeeper({ db, clock, log, lastId: await lastEventId(db), checkFile });
  const { webhooks, end: endWebhooks } = await webhookRepository({ db, box, clock, log, checkFile, write });
  const denied = () => records.denied();
  let closed = false;
  return {
    users: availableUsers({ users, denials, clock, conditions, checkFile, durable, denied }),
    groups: availableGroups({ groups: groupRepository(db, clock), clock, checkFile, durable }),
    sessions: sessionRepository(db, sessions),
    attempts: attemptRepository(db, attempts),
    records,
    events,
    webhooks,
    audit,
    tokens,
    administrators: administratorRepository({ db, clock, book, write }),
    upgrade: opened.upgrade,
    backups: backupBooks({
      db,
      sqlite: opened.sqlite,
      directory,
      clock,
      schema: Object.keys(steps).at(-1)!,
      lastAt: await lastBackup(db),
    }),
    databaseFile: join(directory, "pacd.db"),
    answers: answerBook({ db, box, clock, write, writeLate }),
    forgettable: [...forgettableRecords(db), forgettableAudit(db), forgettableAnswers(db)],
    recover: (reason, at) => waitingForLock(clock, () => recover(db, reason, at)),
    async ping() {
      await sql`SELECT 1`.execute(db);
    },
    async close() {
      if (closed) return;
      closed = true;
      file.leave();
      await Promise.all([records.settled(), endWebhooks()]);
      await tokens.settled();
      await audit.end();
      // Last: what is audited makes events.
      await events.end();
      await file.close(db, log);
    },
  };
}

/** The highest place that was ever taken: the numbers of the next rows are known before they are written. */
async function lastSeq(db: Db, table: "attempts" | "sessions" | "audit"): Promise<number> {
  const { rows } = await sql<{ seq: number }>`SELECT max(
      coalesce((SELECT max(seq) FROM ${sql.table(table)}), 0),
      coalesce((SELECT seq FROM sqlite_sequence WHERE name = ${table}), 0)
    ) AS seq`.execute(db);
  return rows[0]!.seq;
}
