import { type HistoryJob, type HistoryReader, perform } from "../../admin-api/history/jobs.ts";
import type { Services } from "../../admin-api/services.ts";
import { openHistory } from "../../server/store/history/read-only.ts";
import type { Store } from "../../server/store/store-types.ts";

/** The history of a store, read in the thread that asks; each question by a connection of its own. */
export const historyHere = (
  { databaseFile }: Pick<Store, "databaseFile">,
  verdicts: Services["verdicts"],
): HistoryReader => ({
  async ask(job: HistoryJob) {
    const history = openHistory(databaseFile);
    try {
      return perform(history, job, verdicts) as never;
    } finally {
      history.close();
    }
  },
});
