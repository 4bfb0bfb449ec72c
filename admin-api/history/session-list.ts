import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import { FOR_EVER, type SessionFilter, sessionFits } from "../../server/store/history/filters.ts";
import { byPlace, type PageOrder, type Place } from "../../server/store/history/read-page.ts";
import type { SessionSort } from "../../server/store/history/sources.ts";
import { historyKey } from "../../server/store/name-keys.ts";
import type { SessionRecord, SessionRepository } from "../../server/store/session-types.ts";
import { durationOf, endedSessionJson, liveSessionJson } from "../schemas/session-json.ts";
import { type Form, SESSION_FIELDS, shape } from "./forms.ts";
import type { HistoryReader, ShapedRow } from "./jobs.ts";
import type { LiveSessions, ShownSession } from "./live-sessions.ts";

/** Which sessions, and in which order. */
export interface SessionQuestion {
  readonly state: "live" | "ended" | "all";
  readonly filter: SessionFilter;
  readonly sort: SessionSort;
  readonly descending: boolean;
}

/** What a list of sessions is made of. */
export interface SessionListParts {
  readonly live: LiveSessions;
  readonly sessions: Pick<SessionRepository, "inMemory">;
  readonly history: HistoryReader;
}

/**
 * Sessions that are up or have ended, as one list: what is up and what is not written yet stands in its place
 * among what is on record. A session that ends meanwhile is shown once.
 */
export class SessionList {
  readonly #parts: SessionListParts;
  readonly #question: SessionQuestion;
  readonly #form: Form;
  /** What stands in memory, in its order; undefined: nobody has asked yet. */
  #memory: readonly ShapedRow[] | undefined;
  readonly #ids = new Set<string>();

  constructor(parts: SessionListParts, question: SessionQuestion, form: Form) {
    this.#parts = parts;
    this.#question = question;
    this.#form = form;
  }

  /** The next rows. What stands in memory stays as it was when the first were asked for. */
  async page(after: Place | undefined, most: number): Promise<readonly ShapedRow[]> {
    const { state, filter, sort, descending } = this.#question;
    this.#memory ??= await this.#inMemory();
    const compare = byPlace(descending);
    const memory =
      after === undefined ? this.#memory : this.#memory.filter((row) => compare(row.place, after) > 0);
    if (state === "live") return memory.slice(0, most);
    const older: ShapedRow[] = [];
    let from = after;
    for (let more = true; more && older.length < most; ) {
      const order: PageOrder<SessionSort> = { sort, descending, after: from, most };
      const stored = await this.#parts.history.ask({ ask: "sessions", filter, order, form: this.#form });
      more = stored.length === most;
      if (more) from = stored.at(-1)!.place;
      older.push(...stored.filter(({ id }) => !this.#ids.has(id)));
    }
    const rows = [...memory, ...older].sort((a, b) => compare(a.place, b.place));
    return rows.slice(0, most);
  }

  async #inMemory(): Promise<readonly ShapedRow[]> {
    const { state, filter, sort, descending } = this.#question;
    const rows: ShapedRow[] = [];
    const live = state === "ended" ? [] : await this.#parts.live.all();
    const inMemory = this.#parts.sessions.inMemory();
    const numbers = new Map(inMemory.map(({ seq, record }) => [record.id, seq]));
    for (const shown of live) {
      const session = { ...shown.session, disconnectedAt: null, endReason: null };
      this.#ids.add(session.id);
      if (!sessionFits(session, filter)) continue;
      const value = sortedBy(session, session.durationSeconds, sort);
      rows.push({ place: [value, numbers.get(session.id) ?? 0], ...this.#shaped(shown) });
    }
    for (const { seq, record } of state === "live" ? [] : inMemory) {
      if (record.disconnectedAt === null || this.#ids.has(record.id)) continue;
      this.#ids.add(record.id);
      if (!sessionFits(record, filter)) continue;
      const text = shape(endedSessionJson(record), SESSION_FIELDS, this.#form);
      rows.push({ place: [sortedBy(record, durationOf(record), sort), seq], id: record.id, text });
    }
    const compare = byPlace(descending);
    return rows.sort((a, b) => compare(a.place, b.place));
  }

  #shaped({ session, text }: ShownSession): Pick<ShapedRow, "id" | "text"> {
    const { id } = session;
    if (this.#form === "json") return { id, text };
    if (this.#form === "ndjson") return { id, text: `${text}\n` };
    return { id, text: shape(liveSessionJson(session), SESSION_FIELDS, "csv") };
  }
}

/** By what it is sorted; what has no end yet ends last. */
function sortedBy(
  session: Pick<
    LiveSession & SessionRecord,
    "connectedAt" | "disconnectedAt" | "user" | "rxBytes" | "txBytes"
  >,
  durationSeconds: number,
  sort: SessionSort,
): string | number {
  switch (sort) {
    case "connectedAt":
      return session.connectedAt;
    case "disconnectedAt":
      return session.disconnectedAt ?? FOR_EVER;
    case "durationSeconds":
      return durationSeconds;
    case "user":
      return historyKey(session.user);
    case "rxBytes":
    case "txBytes":
      return session[sort];
    default:
      return sort satisfies never;
  }
}
