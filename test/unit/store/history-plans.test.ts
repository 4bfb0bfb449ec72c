import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AttemptFilter, SessionFilter } from "../../../server/store/history/filters.ts";
import { type History, openHistory } from "../../../server/store/history/read-only.ts";
import { statement } from "../../../server/store/history/read-page.ts";
import { attemptSources, type Conditions, sessionSources } from "../../../server/store/history/sources.ts";
import { openTemporaryStore } from "../../support/temporary-store.ts";

let history: History;
let close: () => Promise<void>;
before(async () => {
  const temporary = await openTemporaryStore();
  close = temporary.close;
  history = openHistory(temporary.store.databaseFile);
});
after(async () => {
  history.close();
  await close();
});

const AT = "2026-11-24T10:00:00.000Z";

/** What SQLite will do for each SELECT of a list, newest first. */
const plans = (table: string, sources: readonly Conditions[], term: string) =>
  sources.map((source) => {
    const { sql, values } = statement(table, ["id"], source, term, {
      descending: true,
      after: undefined,
      most: 100,
    });
    const rows = history.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    return rows.map(({ detail }) => detail).join("; ");
  });

const SESSIONS: readonly (readonly [string, SessionFilter, readonly RegExp[]])[] = [
  ["nothing", {}, [/^SCAN sessions USING INDEX sessions_by_time$/]],
  ["a user", { user: "anna" }, [/INDEX sessions_by_user \(user_key=\?\)$/]],
  ["a user's ID", { userId: "u" }, [/INDEX sessions_by_(user_id|address) \(user_id=\?\)/]],
  ["a client", { clientAddress: "203.0.113.7" }, [/INDEX sessions_by_client_address \(client_address=\?\)$/]],
  [
    "a network",
    { clientAddress: "203.0.113.0/24" },
    [/INDEX sessions_by_client_address \(client_address>\? AND client_address<\?\)/],
  ],
  [
    "an inner address",
    { assignedAddress: "10.77.3.7" },
    [/INDEX sessions_by_assigned_address \(assigned_address=\?\)$/],
  ],
  [
    "either address",
    { address: "10.77.3.7" },
    [/sessions_by_client_address/, /sessions_by_assigned_address/],
  ],
  ["a pool", { pool: "guests" }, [/INDEX sessions_by_pool \(pool=\?\)$/]],
  ["a group", { groupId: "g" }, [/INDEX sessions_by_group \(group_id=\?\)$/]],
  ["weak encryption", { encryption: "weak" }, [/INDEX sessions_weak$/]],
  ["a reason", { endReason: "link-lost" }, [/INDEX sessions_by_end_reason \(end_reason=\?\)$/]],
  ["an ID's beginning", { idPrefix: "0b9f" }, [/INDEX sqlite_autoindex_sessions_1 \(id>\? AND id<\?\)/]],
  ["until", { until: AT }, [/INDEX sessions_by_time \(connected_at<\?\)$/]],
  [
    "since",
    { since: AT },
    [/INDEX sessions_by_time \(connected_at>\?\)$/, /INDEX sessions_long \(disconnected_at>\?\)/],
  ],
  [
    "at",
    { at: AT },
    [
      /INDEX sessions_by_time \(connected_at>\? AND connected_at<\?\)$/,
      /INDEX sessions_long \(disconnected_at>\?\)/,
    ],
  ],
  [
    "who had an address at",
    { assignedAddress: "10.77.3.7", at: AT },
    [
      /INDEX sessions_by_assigned_address \(assigned_address=\? AND connected_at>\? AND connected_at<\?\)$/,
      /INDEX sessions_long \(disconnected_at>\?\)/,
    ],
  ],
];

for (const [what, filter, expected] of SESSIONS)
  test(`sessions by ${what} are found by an index`, () => {
    const found = plans("sessions", sessionSources(filter), "connected_at");
    assert.equal(found.length, expected.length);
    for (const [index, plan] of found.entries()) assert.match(plan, expected[index]!);
  });

const ATTEMPTS: readonly (readonly [string, AttemptFilter, RegExp])[] = [
  ["nothing", {}, /^SCAN attempts USING INDEX attempts_by_time$/],
  ["a user", { user: "anna" }, /INDEX attempts_by_user \(user_key=\?\)$/],
  ["a user's ID", { userId: "u" }, /INDEX attempts_by_user_id \(user_id=\?\)$/],
  ["an address", { address: "203.0.113.7" }, /INDEX attempts_by_client_address \(client_address=\?\)$/],
  ["a verdict", { verdict: "bad-credentials" }, /INDEX attempts_by_verdict \(verdict=\?\)$/],
  ["time", { since: AT, until: AT }, /INDEX attempts_by_time \(started_at>\? AND started_at<\?\)$/],
  ["an ID's beginning", { idPrefix: "0b" }, /INDEX sqlite_autoindex_attempts_1 \(id>\? AND id<\?\)/],
];

for (const [what, filter, expected] of ATTEMPTS)
  test(`dials by ${what} are found by an index`, () => {
    assert.match(plans("attempts", attemptSources(filter), "started_at")[0]!, expected);
  });

test("what the retention looks for has an index", () => {
  const plan = (sql: string) =>
    history.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()[0]!.detail;
  const old = "'2026' ORDER BY";
  assert.match(
    plan(
      `SELECT seq FROM sessions WHERE connected_at < '2026' AND disconnected_at < ${old} connected_at LIMIT 20`,
    ),
    /sessions_by_time/,
  );
  assert.match(
    plan(`SELECT seq FROM attempts WHERE started_at < '2026' AND ended_at < ${old} started_at LIMIT 20`),
    /attempts_by_time/,
  );
});
