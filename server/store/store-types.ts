import type { Millis } from "../wire/units.ts";
import type { AnswerBook } from "./answers/answer-types.ts";
import type { AuditLog } from "./audit/audit-types.ts";
import type { EventStore } from "./events/event-types.ts";
import type { Upgrade } from "./files/migrate.ts";
import type { GroupRepository } from "./groups/group-types.ts";
import type { Page, Paged } from "./page-types.ts";
import type { AdministratorRepository } from "./people/administrator-types.ts";
import type { TokenRepository } from "./people/token-types.ts";
import type { Forgettable } from "./retention/retention.ts";
import type {
  Numbered,
  OpenedSession,
  SessionCounters,
  SessionEnd,
  SessionRepository,
} from "./session-types.ts";
import type { WebhookStore } from "./webhooks/webhook-types.ts";
import type { WritableUsers } from "./writes/write-types.ts";

export type * from "./groups/group-types.ts";
export type * from "./page-types.ts";
export type * from "./session-types.ts";
export type * from "./user-types.ts";
export type * from "./writes/write-types.ts";

/**
 * What pacd remembers. All times are ISO 8601 in UTC with milliseconds, all addresses dotted quads.
 * Repositories throw AppError for what the operator did wrong and nothing else by design.
 */
export interface Store {
  readonly users: WritableUsers;
  /** Policies that users inherit. */
  readonly groups: GroupRepository;
  readonly sessions: SessionRepository;
  readonly attempts: AttemptRepository;
  /** Where sessions and dials are put on record. */
  readonly records: Records;
  readonly events: EventStore;
  /** Who is told of events by requests. */
  readonly webhooks: WebhookStore;
  /** Who may use the API without a log-in. */
  readonly tokens: TokenRepository;
  /** Who may log in to it. */
  readonly administrators: AdministratorRepository;
  readonly audit: AuditLog;
  /** What was answered to requests that have a key. */
  readonly answers: AnswerBook;
  /**
   * Closes what an earlier process left open (sessions and attempts), with the given reason: as of the last
   * record that it wrote, never before their beginning and never after `at`, which is now. Returns how many.
   */
  recover(reason: string, at: string): Promise<{ readonly sessions: number; readonly attempts: number }>;
  /** What the opening did to a database of an earlier pacd, and where a copy of before is. */
  readonly upgrade: Upgrade | undefined;
  readonly backups: BackupBooks;
  /** The file of the database, for those who read the history by a connection of their own (`history/`). */
  readonly databaseFile: string;
  /** Tables out of which `retention/` takes what is old. */
  readonly forgettable: readonly Forgettable[];
  /** Answers a trivial query: for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** One line of a dial's trace. */
export interface TraceEntry {
  /** Milliseconds since the Outgoing-Call-Request, one decimal. */
  readonly at: number;
  readonly from: "client" | "server" | "pacd";
  /** "pptp", "gre", "lcp", "pap", "chap", "eap", "ccp", "ipcp", "ipv6cp", "ppp", "pacd". */
  readonly layer: string;
  /** One decoded line without secrets, for example `Configure-Request id=1 mru=1400 magic=0c6f3548`. */
  readonly text: string;
}

/** A dial, from its Outgoing-Call-Request on. */
export interface AttemptRecord {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly clientAddress: string;
  /** The name as the client sent it, escaped; null before it sent one. */
  readonly user: string | null;
  /** Of the user whom that name meant; null where it meant nobody, or before that is known. */
  readonly userId: string | null;
  readonly sessionId: string | null;
  /** Verdict code; "in-progress" until there is one. */
  readonly verdict: string;
  /** What was seen that led to the verdict, one sentence. */
  readonly evidence: string;
  /** Milliseconds from Outgoing-Call-Request to an acknowledged address; null where it never came to that. */
  readonly setupMs: number | null;
  /**
   * How many refused dials of the same user and address with the same verdict this is; all else is of the
   * latest.
   */
  readonly count: number;
  /** When the first of these began. */
  readonly firstAt: string;
  /** When the last of them began, newest first; ten at most. */
  readonly lastTimes: readonly string[];
  readonly trace: readonly TraceEntry[];
}

export type AttemptSummary = Omit<AttemptRecord, "trace">;

/** What may be asked of dials, those that are not written yet included. */
export interface AttemptRepository {
  /** Those that are not written, as they stand in memory. */
  inMemory(): readonly Numbered<AttemptSummary>[];
  find(id: string): Promise<AttemptRecord | undefined>;
  /**
   * Newest first. `user` is a name in whatever spelling; dials with white space at its ends are among them.
   */
  list(
    page: Page & { readonly user?: string; readonly userId?: string; readonly address?: string },
  ): Promise<Paged<AttemptSummary>>;
}

/**
 * Puts sessions and dials on record. Nothing here fails or waits: what the database does not take now is kept
 * in memory and written when it does.
 */
export interface Records {
  /** A dial begins. */
  begin(attempt: Pick<AttemptRecord, "id" | "startedAt" | "clientAddress">): void;
  /**
   * Sets what is given; called when the session comes up and when the dial ends. An ended one that never came
   * up folds with earlier ones of the same user, address and verdict. Changes nothing for a dial that is
   * unknown.
   */
  update(id: string, change: AttemptChange): void;
  /** A session is up. */
  open(session: OpenedSession): void;
  /** Interim accounting, so that a kill loses little. */
  progress(counters: readonly (SessionCounters & { readonly id: string })[]): void;
  /** A session has ended. Changes nothing for one that is unknown or has ended before. */
  close(id: string, end: SessionEnd): void;
  /** Resolves when all that came so far is written, or the database has just refused to take it. */
  settled(): Promise<void>;
  /**
   * At the end: tries within this time, tells the log what could not be written, and says how much that is.
   */
  drain(within: Millis): Promise<WaitingFigures>;
  figures(): WaitingFigures;
}

/** What may be set of a dial after its beginning. */
export type AttemptChange = Partial<
  Pick<
    AttemptRecord,
    "endedAt" | "user" | "userId" | "sessionId" | "verdict" | "evidence" | "setupMs" | "trace"
  >
>;

export interface WaitingFigures {
  /** Records that are not in the database now. */
  readonly waiting: number;
  /** Given up since the start, because too much waited. */
  readonly dropped: { readonly attempts: number; readonly sessions: number; readonly traces: number };
}

/** What backups need of the database. */
export interface BackupBooks {
  /**
   * Copies the database into a new file that stands for itself, in portions: nothing else waits for more than
   * one. What is written meanwhile is in it. store-unavailable.
   */
  copyTo(path: string): Promise<void>;
  /** The newest step that the database has behind it. */
  readonly schema: string;
  /** When a backup was last handed out whole; null: never. ISO 8601. */
  readonly lastAt: string | null;
  /** A backup was handed out whole. */
  handedOut(): Promise<void>;
}
