import type { AttemptFilter, SessionFilter } from "../../server/store/history/filters.ts";
import type { History } from "../../server/store/history/read-only.ts";
import {
  type PageOrder,
  type Place,
  readAttempts,
  readSessions,
} from "../../server/store/history/read-page.ts";
import type { SessionSort } from "../../server/store/history/sources.ts";
import { type Total, type TotalsQuestion, totalsOf, type Window } from "../../server/store/history/totals.ts";
import { verdict } from "../../verdicts/register.ts";
import { summaryJson, type Verdicts } from "../schemas/attempt.ts";
import { endedSessionJson } from "../schemas/session-json.ts";
import { ATTEMPT_FIELDS, type Form, SESSION_FIELDS, shape } from "./forms.ts";

/** What is asked of the history, in a form that can be sent to another thread. */
export type HistoryJob =
  | {
      readonly ask: "sessions";
      readonly filter: SessionFilter;
      readonly order: PageOrder<SessionSort>;
      readonly form: Form;
    }
  | {
      readonly ask: "attempts";
      readonly filter: AttemptFilter;
      readonly order: PageOrder<"startedAt">;
      readonly form: Form;
    }
  | { readonly ask: "totals"; readonly question: TotalsQuestion; readonly windows: readonly Window[] };

/** A record in the form that was asked for, with its place in the list. */
export interface ShapedRow {
  readonly place: Place;
  readonly id: string;
  readonly text: string;
}

/** What comes of it: rows in their order; or the totals of each window. */
export interface HistoryAnswers {
  readonly sessions: readonly ShapedRow[];
  readonly attempts: readonly ShapedRow[];
  readonly totals: readonly Total[];
}

export type AnswerTo<Job extends HistoryJob> = HistoryAnswers[Job["ask"]];

/** Whoever answers: the thread of the history, or in tests this one. */
export interface HistoryReader {
  ask<Job extends HistoryJob>(job: Job): Promise<AnswerTo<Job>>;
}

/** Answers one question, at once. */
export function perform(
  history: History,
  job: HistoryJob,
  verdicts: Verdicts = verdict,
): HistoryAnswers[keyof HistoryAnswers] {
  switch (job.ask) {
    case "sessions":
      return readSessions(history, job.filter, job.order).map(({ place, record }) => ({
        place,
        id: record.id,
        text: shape(endedSessionJson(record), SESSION_FIELDS, job.form),
      }));
    case "attempts":
      return readAttempts(history, job.filter, job.order).map(({ place, record }) => ({
        place,
        id: record.id,
        text: shape(summaryJson(record, verdicts), ATTEMPT_FIELDS, job.form),
      }));
    case "totals":
      return job.windows.flatMap((window) => totalsOf(history, job.question, window));
    default:
      return job satisfies never;
  }
}
