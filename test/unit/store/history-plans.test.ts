import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AttemptFilter, SessionFilter } from "../../../server/store/history/filters.ts";
import { type History, openHistory } from "../../../server/store/history/read-only.ts";
import { type Place, selectFrom, statement } from "../../../server/store/history/read-page.ts";
import {
  attemptSources,
  type Conditions,
  SESSION_SORT_TERMS,
  SESSION_SORTS,
  sessionSources,
} from "../../../server/store/history/sources.ts";
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

interface Plan {
  readonly detail: string;
}

/** What SQLite will do for each SELECT of a list, newest first. */
const plans = (table: string, sources: readonly Conditions[], term: string, after?: Place) =>
  sources.map((source) => {
    const { sql, values } = statement(table, ["id"], source, term, {
      descending: true,
      after,
      most: 100,
    });
    const rows = history.prepare<unknown[], Plan>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
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
      /INDEX sessions_long_by_assigned_address \(assigned_address=\? AND disconnected_at>\?\)/,
    ],
  ],
  [
    "either address at",
    { address: "10.77.3.7", at: AT },
    [
      /sessions_by_client_address \(client_address=\? AND connected_at>/,
      /sessions_long_by_client_address \(client_address=\? AND disconnected_at>/,
      /sessions_by_assigned_address \(assigned_address=\? AND connected_at>/,
      /sessions_long_by_assigned_address \(assigned_address=\? AND disconnected_at>/,
    ],
  ],
  [
    "a network at",
    { clientAddress: "203.0.113.0/24", at: AT },
    [/sessions_by_(time|client_address)/, /INDEX sessions_long \(disconnected_at>\?\)/],
  ],
  [
    "a user since",
    { user: "anna", since: AT },
    [/sessions_by_user \(user_key=/, /sessions_long_by_user \(user_key=\? AND disconnected_at>/],
  ],
  [
    "a user's ID since",
    { userId: "u", since: AT },
    [/\(user_id=\?/, /sessions_long_by_user_id \(user_id=\? AND disconnected_at>/],
  ],
  ["a group that is gone", { groupName: "old" }, [/INDEX sessions_by_group_name \(group_name=\?\)$/]],
];

for (const [what, filter, expected] of SESSIONS)
  test(`sessions by ${what} are found by an index`, () => {
    const found = plans("sessions", sessionSources(filter), "connected_at");
    assert.equal(found.length, expected.length);
    for (const [index, plan] of found.entries()) assert.match(plan, expected[index]!);
  });

/** Each narrows the list down; strong encryption does not, since nearly all sessions have it. */
const NARROWING: readonly SessionFilter[] = [
  { user: "anna" },
  { userId: "u" },
  { address: "10.77.3.7" },
  { clientAddress: "203.0.113.7" },
  { clientAddress: "203.0.113.0/24" },
  { assignedAddress: "10.77.3.7" },
  { assignedAddress: "10.0.0.0/8" },
  { pool: "guests" },
  { groupId: "g" },
  { groupName: "old" },
  { since: AT },
  { until: AT },
  { at: AT },
  { endReason: "link-lost" },
  { idPrefix: "0b9f" },
];

const MORE: readonly SessionFilter[] = [{}, { encryption: "weak" }, { encryption: "strong" }, ...NARROWING];

const SEARCHED = /^SEARCH sessions USING/;

/** By user, all before some moment is best found on a walk through the users: it ends with the page. */
const WALKED = /^SEARCH sessions USING|^SCAN sessions USING INDEX sessions_by_user;.*LAST TERM/;

for (const sort of SESSION_SORTS)
  test(`sorted by ${sort}, no two filters together look through everything, on no page`, () => {
    const term = SESSION_SORT_TERMS[sort];
    for (const one of NARROWING)
      for (const other of MORE)
        for (const after of [undefined, [AT, 7] as const])
          for (const plan of plans("sessions", sessionSources({ ...one, ...other }), term, after))
            assert.match(
              plan,
              sort === "user" ? WALKED : SEARCHED,
              JSON.stringify({ ...one, ...other, after }),
            );
  });

test("what adds up looks at its days alone", () => {
  const within = { since: AT, until: "2026-11-25T10:00:00.000Z" };
  for (const filter of MORE)
    for (const source of sessionSources({ ...filter, ...within })) {
      const sql = selectFrom("sessions", ["id"], source);
      const rows = history.prepare<unknown[], Plan>(`EXPLAIN QUERY PLAN ${sql}`).all(...source.values);
      assert.match(rows[0]!.detail, /^SEARCH sessions USING/, JSON.stringify(filter));
    }
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
