import type { EventType, PacdEvent } from "../../events/register.ts";

/** An event as it is kept. */
export interface KeptEvent {
  readonly id: number;
  readonly at: string;
  /** "gap": so many events before this one are lost, as `data` says. */
  readonly type: EventType | "gap";
  /** JSON. */
  readonly data: string;
}

/** Which events are meant; those that fit all of it. */
export interface EventFilter {
  readonly types?: readonly EventType[];
  /** About the user of this name, in whatever spelling. */
  readonly user?: string;
  /** About this address, outer or inner. */
  readonly address?: string;
  /** About the group of this name. */
  readonly group?: string;
}

export interface EventQuery extends EventFilter {
  /** Those with a higher number only. */
  readonly after: number;
  /** Those of this moment and later only, ISO 8601. */
  readonly from?: string;
  readonly limit: number;
}

/** How long events are kept. */
export interface EventsKept {
  /** So many, the latest. */
  readonly keep: number;
  /** Days; 0: as long as their number allows. */
  readonly days: number;
}

/**
 * Events on record. Nobody waits for a write: what the database does not take now waits in memory, and is
 * found by those who read as if it were written.
 */
export interface EventStore {
  /** The highest number on record when the store was opened; 0: none. */
  readonly lastId: number;
  add(event: PacdEvent): void;
  /** The oldest first. */
  read(query: EventQuery): Promise<readonly KeptEvent[]>;
  /** How many there are that fit, none with a higher number than `upTo`. */
  count(query: EventFilter & { readonly after: number; readonly upTo: number }): Promise<number>;
  /** Is an event with this number or a lower one still kept? If not, what came after it may be forgotten. */
  reaches(id: number): Promise<boolean>;
  /** Is asked each time how long they are kept. */
  retain(kept: () => EventsKept): void;
  /** Resolves when all that came so far is written, or the database has just refused to take it. */
  settled(): Promise<void>;
  figures(): { readonly waiting: number; readonly dropped: number };
}
