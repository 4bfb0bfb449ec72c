import { AppError } from "../../server/errors/app-error.ts";
import type { Outcome, User, Write, WriteReport, WriteTerms } from "../../server/store/store-types.ts";
import type { Services } from "../services.ts";
import { changesOf } from "./changes.ts";

/** Ours: so many users are told to the concentrator, then the event loop has its turn. */
const TOLD_AT_ONCE = 50;

const OF_PASSWORDS: ReadonlySet<string> = new Set(["password", "passwordExpiresAt", "recoverablePassword"]);

/** What was written, or would be, and what that means for who is connected. */
export interface CarriedOut {
  readonly report: WriteReport;
  readonly sessionsEnded: number;
}

/**
 * Writes, and has it count for the sessions that are up. Of what is not stored, as in a dry run, it says what
 * would end.
 */
export async function carryOut(
  writes: readonly Write[],
  terms: Omit<WriteTerms, "watch">,
  { store, concentrator, turn }: Pick<Services, "store" | "concentrator" | "turn">,
): Promise<CarriedOut> {
  const groups = writes.some(({ kind }) => kind === "group");
  const watch = groups && terms.dryRun ? concentrator.connectedUsers() : [];
  const report = await store.users.write(writes, { ...terms, watch });
  if (report.stored) return { report, sessionsEnded: await counted(report.outcomes, { concentrator, turn }) };
  if (!terms.dryRun) return { report, sessionsEnded: 0 };
  const after = new Map<string, User | undefined>();
  if (groups) for (const user of report.watched) after.set(user.id, user);
  for (const outcome of report.outcomes)
    if (outcome.kind === "user" && changes(outcome) && outcome.before !== undefined)
      after.set(outcome.before.id, outcome.after);
  const ends = [...after].map(([id, user]) => concentrator.wouldEnd(id, user));
  return { report, sessionsEnded: ends.reduce((sum, each) => sum + each, 0) };
}

/** Tells the concentrator, after the store: whoever dials again right away is judged by what holds now. */
async function counted(
  outcomes: readonly Outcome[],
  { concentrator, turn }: Pick<Services, "concentrator" | "turn">,
): Promise<number> {
  const ending: Promise<number>[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if (i % TOLD_AT_ONCE === TOLD_AT_ONCE - 1) {
      await Promise.all(ending);
      await turn();
    }
    if (!changes(outcome) || outcome.before === undefined) continue;
    const { before, after } = outcome;
    if (outcome.kind === "group") ending.push(concentrator.groupChanged(before.id));
    else if (after === undefined) ending.push(concentrator.disconnectUser(before.id));
    else {
      if (outcome.password) concentrator.liftUser(before.id);
      // When a password expires is nothing that a session is held against.
      if (changesOf(outcome).some(({ field }) => !OF_PASSWORDS.has(field)))
        ending.push(concentrator.userChanged(after as User));
    }
  }
  return (await Promise.all(ending)).reduce((sum, each) => sum + each, 0);
}

type Changing = Exclude<Outcome, { did: "refused" }>;

function changes(outcome: Outcome): outcome is Changing {
  return outcome.did === "changed" || outcome.did === "removed";
}

/**
 * Disabled or removed while the database takes nothing: the sessions end all the same, before the refusal
 * goes out. For `catch`.
 */
export const endingDenied =
  (name: string, removed: boolean, { store, concentrator }: Pick<Services, "store" | "concentrator">) =>
  async (error: unknown): Promise<never> => {
    if (error instanceof AppError && error.code === "not-yet-written") {
      const user = await store.users.find(name);
      if (user !== undefined)
        await (removed ? concentrator.disconnectUser(user.id) : concentrator.userChanged(user));
    }
    throw error;
  };
