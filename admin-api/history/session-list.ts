import {
  type LiveSession,
  liveSession,
  type SessionFacts,
} from "../../server/concentrator/calls/live-session.ts";
import { FOR_EVER, type SessionFilter, sessionsThatFit } from "../../server/store/history/filters.ts";
import { byPlace, type PageOrder, type Place } from "../../server/store/history/read-page.ts";
import type { SessionSort } from "../../server/store/history/sources.ts";
import { historyKey } from "../../server/store/name-keys.ts";
import type { SessionRepository } from "../../server/store/session-types.ts";
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
    const compare = byPlace(descending);
    const follows = ({ place }: Pick<ShapedRow, "place">) => after === undefined || compare(place, after) > 0;
    if (this.#memory === undefined) {
      const rows = (await this.#inMemory()).filter(follows);
      // Nobody comes back for the rest of a page, but for that of an export.
      this.#memory = (this.#form === "json" ? rows.slice(0, most) : rows).map(written);
    }
    const memory = after === undefined ? this.#memory : this.#memory.filter(follows);
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

  async #inMemory(): Promise<readonly MemoryRow[]> {
    const { state, filter, sort, descending } = this.#question;
    const rows: MemoryRow[] = [];
    const live = state === "ended" ? [] : await this.#parts.live.all();
    const inMemory = this.#parts.sessions.inMemory();
    const numbers = new Map(inMemory.map(({ seq, record }) => [record.id, seq]));
    const fits = sessionsThatFit(filter);
    for (const shown of live) {
      const { facts, durationSeconds, counters } = shown.seen;
      const { id } = facts;
      this.#ids.add(id);
      if (!fits(facts, null, null)) continue;
      const place: Place = [
        sortedBy(sort, facts, null, { ...counters, durationSeconds }),
        numbers.get(id) ?? 0,
      ];
      rows.push({ place, id, text: () => this.#shaped(shown) });
    }
    for (const { seq, record } of state === "live" ? [] : inMemory) {
      const { id, disconnectedAt, endReason } = record;
      if (disconnectedAt === null || this.#ids.has(id)) continue;
      this.#ids.add(id);
      if (!fits(record, disconnectedAt, endReason)) continue;
      const figures = { ...record, durationSeconds: durationOf(record) };
      const place: Place = [sortedBy(sort, record, disconnectedAt, figures), seq];
      rows.push({ place, id, text: () => shape(endedSessionJson(record), SESSION_FIELDS, this.#form) });
    }
    const compare = byPlace(descending);
    return rows.sort((a, b) => compare(a.place, b.place));
  }

  #shaped(shown: ShownSession): string {
    if (this.#form === "json") return shown.text();
    if (this.#form === "ndjson") return `${shown.text()}\n`;
    return shape(liveSessionJson(liveSession(shown.seen)), SESSION_FIELDS, "csv");
  }
}

/** A row that is written down when it is shown. */
interface MemoryRow extends Omit<ShapedRow, "text"> {
  readonly text: () => string;
}

const written = ({ place, id, text }: MemoryRow): ShapedRow => ({ place, id, text: text() });

/** By what it is sorted; what has no end yet ends last. */
function sortedBy(
  sort: SessionSort,
  { connectedAt, user }: Pick<SessionFacts, "connectedAt" | "user">,
  disconnectedAt: string | null,
  figures: Pick<LiveSession, "durationSeconds" | "rxBytes" | "txBytes">,
): string | number {
  switch (sort) {
    case "connectedAt":
      return connectedAt;
    case "disconnectedAt":
      return disconnectedAt ?? FOR_EVER;
    case "user":
      return historyKey(user);
    case "durationSeconds":
    case "rxBytes":
    case "txBytes":
      return figures[sort];
    default:
      return sort satisfies never;
  }
}
