import type { UserPolicy } from "../policy/user-policy.ts";
import type { Millis } from "../wire/units.ts";
import type { Upgrade } from "./files/migrate.ts";
import type { Page, Paged } from "./page-types.ts";
import type { AdministratorRepository } from "./people/administrator-types.ts";
import type { TokenRepository } from "./people/token-types.ts";

export type { Page, Paged };

/**
 * What pacd remembers. All times are ISO 8601 in UTC with milliseconds, all addresses dotted quads.
 * Repositories throw AppError for what the operator did wrong and nothing else by design.
 */
export interface Store {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly attempts: AttemptRepository;
  /** Where sessions and dials are put on record. */
  readonly records: Records;
  /** Who may use the API without a log-in. */
  readonly tokens: TokenRepository;
  /** Who may log in to it. */
  readonly administrators: AdministratorRepository;
  /**
   * Closes what an earlier process left open (sessions and attempts), with the given reason: as of the last
   * record that it wrote, never before their beginning and never after `at`, which is now. Returns how many.
   */
  recover(reason: string, at: string): Promise<{ readonly sessions: number; readonly attempts: number }>;
  /** What the opening did to a database of an earlier pacd, and where a copy of before is. */
  readonly upgrade: Upgrade | undefined;
  readonly backups: BackupBooks;
  /** Answers a trivial query: for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface User extends UserPolicy {
  readonly id: string;
  /**
   * Kept as written. Unique by its key: without regard to case, width and composition of letters
   * (`server/names/`).
   */
  readonly name: string;
  /** Is the password kept so that it can be read again, as CHAP-MD5 needs it? */
  readonly recoverablePassword: boolean;
  readonly passwordChangedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is not said is as in `UNRESTRICTED`, and the password not recoverable. */
export interface NewUser extends Partial<UserPolicy> {
  readonly name: string;
  readonly password: string;
  readonly recoverablePassword?: boolean;
}

/** What is not said stays. */
export interface UserChange extends Partial<UserPolicy> {
  /** A new name, or another spelling of the old one. */
  readonly name?: string;
  /** Only false is possible without a new password: what was not kept cannot be made recoverable. */
  readonly recoverablePassword?: false;
}

export interface NewPassword {
  readonly password: string;
  /** Not said: as it is. */
  readonly recoverablePassword?: boolean;
  /** Not said: as it is. */
  readonly passwordExpiresAt?: string | null;
}

/** What a log-in is checked against. */
export interface UserSecrets {
  readonly user: User;
  /**
   * NT hashes, 16 octets each, any of which will do: of the password in UTF-16, and, beyond ASCII, of its
   * UTF-8 octets widened to 16 bits each, which is what pppd makes of it.
   */
  readonly ntHashes: readonly Uint8Array[];
  /** The password itself where it was kept. */
  readonly password: string | undefined;
}

/** Is told of an address that belongs to a user from now on, or no longer does. */
export type StaticAddressListener = (address: string, owned: boolean) => void;

/** Who is meant: somebody by name, in whatever spelling, or by ID. */
export type UserRef = string | { readonly id: string };

export interface UserRepository {
  /** invalid-name, user-exists, address-taken. */
  create(user: NewUser): Promise<User>;
  find(user: UserRef): Promise<User | undefined>;
  list(page: Page): Promise<Paged<User>>;
  /** user-not-found, invalid-name, user-exists, address-taken. */
  update(user: UserRef, change: UserChange): Promise<User>;
  /** user-not-found. */
  setPassword(user: UserRef, change: NewPassword): Promise<User>;
  /** user-not-found. */
  remove(user: UserRef): Promise<User>;
  count(): Promise<number>;
  /**
   * Tells of every static address, whoever has it, enabled or not, at once, and then of each that a user gets
   * or loses, before the write that did it resolves: no pool hands these out.
   */
  watchStaticAddresses(changed: StaticAddressListener): void;
  /** The user with the secrets unsealed, for a login. Undefined, in the same time, for an unknown name. */
  credentials(name: string): Promise<UserSecrets | undefined>;
  /**
   * Names that count as this one now and did not before, where there are several: only whoever spells one of
   * them exactly is found under it. At once, from memory: a log-in asks, whatever the name.
   */
  sharing(name: string): readonly string[] | undefined;
  /**
   * Names of those who may connect without encryption, for the list of weak options: the first `limit` of
   * them.
   */
  withoutEncryption(limit: number): Promise<{ readonly names: readonly string[]; readonly total: number }>;
  /** Likewise of those who have a pool that is none of these. */
  withOtherPool(
    pools: readonly string[],
    limit: number,
  ): Promise<{ readonly names: readonly string[]; readonly total: number }>;
}

/** An accounting record. */
export interface SessionRecord {
  readonly id: string;
  readonly attemptId: string;
  readonly userId: string;
  /** The name that the user had when the session came up. */
  readonly user: string;
  readonly clientAddress: string;
  readonly assignedAddress: string;
  readonly encryption: string;
  readonly mtu: number;
  readonly connectedAt: string;
  readonly disconnectedAt: string | null;
  /** A verdict code, null while the session lives. */
  readonly endReason: string | null;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

export type SessionCounters = Pick<SessionRecord, "rxBytes" | "txBytes" | "rxPackets" | "txPackets">;

/** What may be asked of sessions that ended or live. */
export interface SessionRepository {
  find(id: string): Promise<SessionRecord | undefined>;
  /** Has the user had a session from this address that began at this moment or later? */
  hasBeenFrom(userId: string, clientAddress: string, since: string): Promise<boolean>;
  /** Ended and live, newest first; `user` is a name in whatever spelling. */
  list(page: Page & { readonly user?: string; readonly userId?: string }): Promise<Paged<SessionRecord>>;
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
  close(id: string, end: SessionCounters & { readonly at: string; readonly reason: string }): void;
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

export type OpenedSession = Omit<SessionRecord, "disconnectedAt" | "endReason" | keyof SessionCounters>;

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
