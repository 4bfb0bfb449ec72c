import { type Millis, seconds } from "../../wire/units.ts";
import type { AuditEntry } from "./audit-types.ts";
import type { WaitingRecord } from "./waiting-records.ts";

/** Limits of our own: to be refused costs whoever asks next to nothing, and each record some 500 octets. */
export const WINDOW: Millis = seconds(600);

/** Records of refusals alike within that time; those beyond are counted in one more. */
export const SINGLE = 3;

/**
 * Of all that nobody recognised sent, wherever it came from: those beyond are counted in one. At most 3,024 a
 * day, so.
 */
export const SINGLE_OF_STRANGERS = 20;

/** Kinds of refusals that are told apart within that time; those beyond are one kind. */
const KINDS = 2000;

interface Kind {
  singles: number;
  /** Counts those beyond. */
  counter: WaitingRecord | undefined;
}

/** Which refusals are one with others, so that nobody can fill the disk by being refused. */
export class RefusalFolding {
  readonly #kinds = new Map<string, Kind>();
  #since: Millis | undefined;
  #strangers = 0;

  /**
   * The record in which this one is to be counted; undefined: it is one of its own. `counts` then says
   * whether those that follow are counted in it.
   */
  place(
    entry: AuditEntry,
    now: Millis,
  ): { readonly into?: WaitingRecord; counts(record: WaitingRecord): void } {
    if (this.#since === undefined || now - this.#since >= WINDOW) {
      this.#kinds.clear();
      this.#strangers = 0;
      this.#since = now;
    }
    const kind = this.#kindOf(entry);
    if (kind.counter !== undefined) return { into: kind.counter, counts() {} };
    if (kind.singles < SINGLE) {
      kind.singles++;
      return { counts() {} };
    }
    return {
      counts(record) {
        kind.counter = record;
      },
    };
  }

  #kindOf(entry: AuditEntry): Kind {
    const { actor, from, action, code, status } = entry;
    const stranger = actor.kind === "nobody";
    const known = stranger ? [from.address, status] : [actor.kind, actor.id, from.address, action, code];
    const name = JSON.stringify(known);
    const found = this.#kinds.get(name);
    if (stranger && found?.counter === undefined && ++this.#strangers > SINGLE_OF_STRANGERS)
      return this.#rest("strangers");
    if (found !== undefined) return found;
    if (this.#kinds.size >= KINDS) return this.#rest("others");
    return this.#add(name, 0);
  }

  /** Of whom there are too many: counted at once. */
  #rest(name: string): Kind {
    return this.#kinds.get(name) ?? this.#add(name, SINGLE);
  }

  #add(name: string, singles: number): Kind {
    const kind: Kind = { singles, counter: undefined };
    this.#kinds.set(name, kind);
    return kind;
  }
}
