import type { OpenedSession, SessionCounters, SessionEnd, SessionRecord } from "../store-types.ts";
import { RECORD_OCTETS } from "./limits.ts";

/** A session as it stands in memory: from its beginning until its end is written. */
export interface WaitingSession {
  readonly seq: number;
  record: SessionRecord;
  stored: boolean;
  /** What of it is not written; undefined: nothing. */
  dirty: "counters" | "all" | undefined;
  /** Goes up with each change. */
  version: number;
}

/** Sessions whose end has not been written yet; see `WaitingAttempts`. */
export class WaitingSessions {
  readonly #byId = new Map<string, WaitingSession>();
  readonly #dirty = new Set<WaitingSession>();
  readonly #ended = new Set<WaitingSession>();
  #nextSeq: number;

  /** `lastSeq`: the highest place in the database. */
  constructor(lastSeq: number) {
    this.#nextSeq = lastSeq + 1;
  }

  get dirty(): number {
    return this.#dirty.size;
  }

  /** Of these, how many have ended. */
  get ended(): number {
    return this.#ended.size;
  }

  get octets(): number {
    return this.#dirty.size * RECORD_OCTETS;
  }

  open(opened: OpenedSession): void {
    const record = { ...NOT_SAID, ...opened, disconnectedAt: null, endReason: null, ...NONE };
    const session = { seq: this.#nextSeq++, record, stored: false, dirty: undefined, version: 0 };
    this.#byId.set(opened.id, session);
    this.#touch(session, "all");
  }

  /** Changes nothing for a session that is unknown or has ended. */
  progress({ id, ...counters }: SessionCounters & { readonly id: string }): void {
    const session = this.#byId.get(id);
    if (session === undefined || session.record.disconnectedAt !== null) return;
    const { rxBytes, txBytes, rxPackets, txPackets, lastActivity = session.record.lastActivity } = counters;
    session.record = { ...session.record, rxBytes, txBytes, rxPackets, txPackets, lastActivity };
    this.#touch(session, session.dirty ?? "counters");
  }

  /** Changes nothing for a session that is unknown or has ended. */
  close(id: string, end: SessionEnd): void {
    const session = this.#byId.get(id);
    if (session === undefined || session.record.disconnectedAt !== null) return;
    const { at, reason, ...counters } = end;
    session.record = { ...session.record, ...counters, disconnectedAt: at, endReason: reason };
    this.#ended.add(session);
    this.#touch(session, "all");
  }

  find(id: string): WaitingSession | undefined {
    return this.#byId.get(id);
  }

  /** Every session that is up, and those that have ended and are not written; oldest first. */
  all(): readonly WaitingSession[] {
    return [...this.#byId.values()];
  }

  /** Those that are not written, oldest first; `most` of them. */
  unwritten(most = Number.POSITIVE_INFINITY): readonly WaitingSession[] {
    return this.#dirty.size <= most ? [...this.#dirty] : [...this.#dirty].slice(0, most);
  }

  /** The database has it as it was at `version`. */
  written(session: WaitingSession, version: number): void {
    session.stored = true;
    if (session.version !== version) return;
    session.dirty = undefined;
    this.#dirty.delete(session);
    if (session.record.disconnectedAt !== null) this.remove(session);
  }

  /** Gives up the oldest that has ended and never reached the database. False: there is none. */
  drop(): boolean {
    for (const session of this.#ended) {
      if (session.stored) continue;
      this.remove(session);
      return true;
    }
    return false;
  }

  /** Gives up one that the database will never take. */
  remove(session: WaitingSession): void {
    this.#dirty.delete(session);
    this.#ended.delete(session);
    this.#byId.delete(session.record.id);
  }

  #touch(session: WaitingSession, what: "counters" | "all"): void {
    session.version++;
    session.dirty = what;
    this.#dirty.add(session);
  }
}

const NOT_SAID = {
  pool: null,
  groupId: null,
  groupName: null,
  lastActivity: null,
  computerName: null,
  clientKind: null,
  link: null,
};

const NONE: SessionCounters = { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 };
