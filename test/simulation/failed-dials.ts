import type { TestContext } from "node:test";
import { attemptJson } from "../../admin-api/schemas/attempt.ts";
import { attemptLadder } from "../../admin-api/schemas/attempt-ladder.ts";
import { ladderText } from "../../ladder/text/ladder-text.ts";
import type { Concentrator } from "../../server/concentrator/concentrator.ts";
import type { Store } from "../../server/store/store-types.ts";
import { verdict } from "../../verdicts/register.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";

/** A test as Node 24 shows it to its own hooks; the types do not know `passed` yet. */
export type TestWithOutcome = TestContext & { readonly passed?: boolean };

/** What of a world is looked at. */
interface Dialled {
  readonly clock: VirtualClock;
  readonly concentrator: Concentrator;
  readonly store: Store;
  readonly errors: readonly string[];
  readonly warnings: readonly { readonly text: string; readonly fields: object }[];
}

/** Of a world with more dials, the newest are drawn. */
const MOST = 8;

const WIDTH = 110;

/** Seconds for the goodbyes: a client that says nothing more is waited for. */
const GOODBYES = 120;

const UNDER_WAY =
  "It was not over when the test failed. What follows the last silence came after that, when pacd was stopped.";

/**
 * When the test fails, prints the ladder of each dial of its world, drawn as the API draws it, and what pacd
 * said to its log. To be called before the world's store is opened: hooks run in the order they were set, and
 * this one reads the store.
 */
export function drawFailedDials(t: TestWithOutcome, world: () => Dialled | undefined): void {
  t.after(async () => {
    const failed = t.passed === false ? world() : undefined;
    if (failed === undefined) return;
    try {
      t.diagnostic(`\n${[...(await drawnDials(failed)), ...logLines(failed)].join("\n")}`);
    } catch (error) {
      t.diagnostic(`The dials could not be drawn: ${error instanceof Error ? error.stack : error}`);
    }
  });
}

/** Ends the concentrator, since a dial that is under way has its trace on record only when it is over. */
async function drawnDials({ store, concentrator, clock }: Dialled): Promise<readonly string[]> {
  const { items, next } = await store.attempts.list({ limit: MOST });
  await clock.advance(1000);
  let down = false;
  const done = () => {
    down = true;
  };
  concentrator.shutDown().then(done, done);
  for (let second = 0; second < GOODBYES && !down; second += 1) await clock.advance(1000);

  const drawn: string[] = next === undefined ? [] : [`Of many dials the last ${MOST}:\n`];
  for (const { id, endedAt } of items.toReversed()) {
    const attempt = await store.attempts.find(id);
    if (attempt === undefined) continue;
    const ladder = attemptLadder(attemptJson(attempt, verdict));
    const findings = endedAt === null ? [UNDER_WAY] : [];
    drawn.push(ladderText({ ...ladder, findings }, { width: WIDTH, fields: false }));
  }
  return drawn.length === 0 ? ["No dial has got as far as an Outgoing-Call-Request.\n"] : drawn;
}

function logLines({ warnings, errors }: Dialled): readonly string[] {
  return [
    ...warnings.map(({ text, fields }) => `log, warn: ${text} ${JSON.stringify(fields)}`),
    ...errors.map((text) => `log, error: ${text}`),
  ];
}
