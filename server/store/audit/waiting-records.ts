import type { AuditRecord } from "./audit-types.ts";

/** A record that is not in the database as it stands here. */
export interface WaitingRecord {
  /** Its place; of two records of one moment the later one has the higher. */
  readonly seq: number;
  record: AuditRecord;
  /** Goes up with each change. */
  version: number;
}

/** Records that wait to be written, oldest first. */
export class WaitingRecords {
  readonly #waiting = new Set<WaitingRecord>();
  /** Of these, what was refused. */
  readonly #refused = new Set<WaitingRecord>();
  #nextSeq: number;

  /** `lastSeq`: the highest place in the database. */
  constructor(lastSeq: number) {
    this.#nextSeq = lastSeq + 1;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(record: AuditRecord): WaitingRecord {
    const waiting = { seq: this.#nextSeq++, record, version: 0 };
    this.#hold(waiting);
    return waiting;
  }

  /** One more of its kind. Also of one that is written already. */
  count(waiting: WaitingRecord, at: string): void {
    waiting.record = { ...waiting.record, lastAt: at, count: waiting.record.count + 1 };
    waiting.version++;
    this.#hold(waiting);
  }

  first(most: number): readonly WaitingRecord[] {
    return [...this.#waiting].slice(0, most);
  }

  all(): readonly WaitingRecord[] {
    return [...this.#waiting];
  }

  /** The database has it as it was at `version`. */
  written(waiting: WaitingRecord, version: number): void {
    if (waiting.version === version) this.remove(waiting);
  }

  remove(waiting: WaitingRecord): void {
    this.#waiting.delete(waiting);
    this.#refused.delete(waiting);
  }

  /**
   * Gives one up, the oldest refusal first: what was done is worth more, and strangers cannot push it out.
   */
  drop(): void {
    const [victim = undefined] = this.#refused.size > 0 ? this.#refused : this.#waiting;
    if (victim !== undefined) this.remove(victim);
  }

  #hold(waiting: WaitingRecord): void {
    this.#waiting.add(waiting);
    if (waiting.record.result === "refused") this.#refused.add(waiting);
  }
}
