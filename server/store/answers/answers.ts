import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../database.ts";
import type { Forgettable } from "../retention/retention.ts";
import type { Place, SecretBox } from "../secret-box.ts";
import type { Answer, AnswerBook, Claim, KeptAnswer } from "./answer-types.ts";

/** Ours: how long an answer is kept, in ms. */
const KEPT = 86_400_000;

/** In place of a sealed answer. */
const DONE = Uint8Array.of();
const BEGUN = Uint8Array.of(0);

export interface AnswerParts {
  readonly db: Db;
  readonly box: SecretBox;
  readonly clock: Pick<Clock, "date">;
  /** Does it, waits for a lock, and resolves when it is on the disk. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
  /** The same, without waiting for the disk. */
  readonly writeLate: <T>(work: () => Promise<T>) => Promise<T>;
}

type Key = Pick<Claim, "actor" | "key">;

/** Neither part has a space in it. */
const place = ({ actor, key }: Key, column: "request" | "sealed"): Place => ({
  row: `${actor} ${key}`,
  column: `answers.${column}`,
});

/** The book of answers in the database. */
export function answerBook({ db, box, clock, write, writeLate }: AnswerParts): AnswerBook {
  const begun = claimer(box, clock, BEGUN);
  return {
    async find({ actor, key }) {
      const row = await db
        .selectFrom("answers")
        .select(["request", "sealed"])
        .where("actor", "=", actor)
        .where("key", "=", key)
        .where("at", ">=", new Date(clock.date().getTime() - KEPT).toISOString())
        .executeTakeFirst();
      const request = row && box.open(row.request, place({ actor, key }, "request"));
      if (row === undefined || request === undefined) return undefined;
      return {
        request,
        answer: answerIn(row.sealed, (octets) => box.open(octets, place({ actor, key }, "sealed"))),
      };
    },

    begin: (claim) => writeLate(() => begun(db, claim)),

    async keep(claim, answer) {
      const sealed = box.seal(Buffer.from(JSON.stringify(answer)), place(claim, "sealed"));
      await write(async () => {
        // Where the request wrote nothing, it has not claimed the key yet.
        await claimer(box, clock, sealed)(db, claim);
      });
    },

    async release({ actor, key }) {
      await writeLate(() =>
        db.deleteFrom("answers").where("actor", "=", actor).where("key", "=", key).execute(),
      );
    },
  };
}

function answerIn(
  sealed: Uint8Array,
  open: (sealed: Uint8Array) => Uint8Array | undefined,
): KeptAnswer["answer"] {
  if (sealed.length <= BEGUN.length) return sealed.length === DONE.length ? "done" : "begun";
  const octets = open(sealed);
  // Sealed under another key, by a pacd whose secret.key was replaced.
  return octets === undefined ? "done" : (JSON.parse(Buffer.from(octets).toString("utf8")) as Answer);
}

type ClaimWriter = (db: Db, claim: Claim) => Promise<void>;

/** Notes that a request was done, in the transaction that does it. */
export const claimDone = (box: SecretBox, clock: Pick<Clock, "date">): ClaimWriter =>
  claimer(box, clock, DONE);

/** The digest is sealed as well: a password that a request holds could be guessed against it. */
const claimer =
  (box: SecretBox, clock: Pick<Clock, "date">, sealed: Uint8Array): ClaimWriter =>
  async (db, claim) => {
    const { actor, key } = claim;
    const row = {
      actor,
      key,
      request: box.seal(claim.request, place(claim, "request")),
      at: clock.date().toISOString(),
      sealed,
    };
    await db
      .insertInto("answers")
      .values(row)
      .onConflict((of) =>
        of.columns(["actor", "key"]).doUpdateSet({ request: row.request, at: row.at, sealed: row.sealed }),
      )
      .execute();
  };

/** The answers, as the retention forgets them. */
export const forgettableAnswers = (db: Db): Forgettable => ({
  kind: "answers",
  async forget(before, most) {
    const { numAffectedRows } = await sql`DELETE FROM answers WHERE seq IN (
      SELECT seq FROM answers WHERE at < ${before} ORDER BY seq LIMIT ${most}
    )`.execute(db);
    return Number(numAffectedRows);
  },
});
