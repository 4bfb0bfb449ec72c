import type { Page, Paged } from "../page-types.ts";

/** How it came out; what is refused was not done, what failed was not either, by no mistake of who asked. */
export const RESULTS = ["done", "refused", "failed"] as const;

export type AuditResult = (typeof RESULTS)[number];

/** Who may have done something; "nobody" is who was not recognised, "pacd" the program itself. */
export const ACTOR_KINDS = ["administrator", "token", "socket", "nobody", "pacd"] as const;

export interface AuditActor {
  readonly kind: (typeof ACTOR_KINDS)[number];
  /** Of the administrator, the token or the user of this host; of nobody, the name that was claimed. */
  readonly name: string | null;
  readonly id: string | null;
  readonly role: string | null;
}

/** Where a request came from. */
export interface AuditSource {
  /** IP address; "socket" for the local socket. Null for what pacd did itself. */
  readonly address: string | null;
  /** Process at the other end of the local socket. */
  readonly pid: number | null;
}

/** What something was done to. */
export interface AuditTarget {
  /** user, group, session, token, administrator, webhook, config, backup, server and so on. */
  readonly kind: string;
  readonly name?: string | null;
  readonly id?: string | null;
}

/** Fields and their values as the API shows them. */
export type AuditValues = Readonly<Record<string, unknown>>;

/** What is to be put on record. Secrets may stand in it: the audit drops them (`shown-values.ts`). */
export interface AuditEntry {
  readonly actor: AuditActor;
  readonly from: AuditSource;
  readonly requestId: string | null;
  /** The operationId of a route, or a name of pacd's own. */
  readonly action: string;
  readonly target: AuditTarget;
  /** Both whole: what does not differ is left out. Null: there was, or is, nothing. */
  readonly before?: object | null | undefined;
  readonly after?: object | null | undefined;
  /** What came of it, such as `{ sessionsEnded: 3 }`, and what else is worth knowing. */
  readonly effects?: object | undefined;
  readonly result: AuditResult;
  /** Of the answer; null for what was no request. */
  readonly status: number | null;
  /** Of the register of errors; null where it was done. */
  readonly code: string | null;
}

/** What pacd did itself. */
export interface OwnEntry {
  readonly action: string;
  readonly target: AuditTarget;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly details?: object;
  /** Where absent: done. */
  readonly result?: AuditResult;
  readonly code?: string;
}

/** What is on record. */
export interface AuditRecord {
  readonly id: string;
  /** ISO 8601; of the first where there are several. */
  readonly at: string;
  /** Of the last. */
  readonly lastAt: string;
  /** How many refusals alike this is. */
  readonly count: number;
  readonly actor: AuditActor;
  readonly from: AuditSource;
  readonly requestId: string | null;
  readonly action: string;
  readonly target: { readonly kind: string; readonly name: string | null; readonly id: string | null };
  readonly before: AuditValues | null;
  readonly after: AuditValues | null;
  readonly effects: AuditValues | null;
  readonly result: AuditResult;
  readonly status: number | null;
  readonly code: string | null;
}

/** What is asked for; all that is said must fit. */
export interface AuditFilter {
  /** A name, in whatever spelling. */
  readonly actor?: string;
  readonly actorKind?: string;
  readonly action?: string;
  readonly targetKind?: string;
  /** A name, in whatever spelling. */
  readonly target?: string;
  readonly targetId?: string;
  /** Done to this user, to the user with this ID, or to a session of that name. */
  readonly user?: { readonly name: string; readonly id: string | undefined };
  readonly result?: AuditResult;
  /** Times, ISO 8601: at or after, and before. */
  readonly since?: string;
  readonly until?: string;
  readonly address?: string;
  readonly requestId?: string;
  /** The beginning of an ID. */
  readonly idPrefix?: string;
}

/**
 * Who did what. Nothing here fails or waits but `find` and `list`: what the database does not take now is
 * kept in memory, bounded, and written when it does.
 */
export interface AuditLog {
  /** Takes it at once. */
  add(entry: AuditEntry): void;
  /** What pacd did itself. */
  own(entry: OwnEntry): void;
  /**
   * Resolves when all that came so far is on the disk, or the database has just refused to take it: then
   * false.
   */
  settled(): Promise<boolean>;
  /** At the end: tries once more, and tells the log what could not be written. */
  end(): Promise<void>;
  /** Told of each new record, before it is written; of refusals alike, of the first ones. */
  watch(listener: (record: AuditRecord) => void): () => void;
  /** Those in memory included. */
  find(id: string): Promise<AuditRecord | undefined>;
  /** Newest first. */
  list(page: Page & AuditFilter): Promise<Paged<AuditRecord>>;
  /** Since the start, but for what waits now. A refusal that is counted in another record is none. */
  figures(): { readonly waiting: number; readonly written: number; readonly dropped: number };
}
