import type { Page, Paged } from "./page-types.ts";

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
  /**
   * Name of the pool that the address is of; null: the user's own address, or a session from before pools
   * were recorded.
   */
  readonly pool: string | null;
  /** The user's group when the session came up; null: none. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  /** When it was last used; null: never, or in a session from before that was recorded. */
  readonly lastActivity: string | null;
  /** What the client said of itself; null: nothing. */
  readonly computerName: string | null;
  readonly clientKind: string | null;
  /** Loss and round trips at the end, a JSON object; null before it, and where they were not recorded. */
  readonly link: string | null;
}

/** A record, with the number under which it came on record. */
export interface Numbered<T> {
  readonly seq: number;
  readonly record: T;
}

export type SessionCounters = Pick<SessionRecord, "rxBytes" | "txBytes" | "rxPackets" | "txPackets"> &
  Partial<Pick<SessionRecord, "lastActivity">>;

/** What is known when a session ends. */
export interface SessionEnd
  extends SessionCounters,
    Partial<Pick<SessionRecord, "computerName" | "clientKind" | "link">> {
  readonly at: string;
  readonly reason: string;
}

/** What may be asked of sessions that ended or live. */
export interface SessionRepository {
  find(id: string): Promise<SessionRecord | undefined>;
  /** Has the user had a session from this address that began at this moment or later? */
  hasBeenFrom(userId: string, clientAddress: string, since: string): Promise<boolean>;
  /**
   * What stands in memory at this moment: every session that is up, and those that have ended and are not
   * written. The history (`history/`) knows the others.
   */
  inMemory(): readonly Numbered<SessionRecord>[];
  /** Ended and live, newest first; `user` is a name in whatever spelling. */
  list(page: Page & { readonly user?: string; readonly userId?: string }): Promise<Paged<SessionRecord>>;
}

/** What is known when a session comes up. Of what may be left out there is none. */
export type OpenedSession = Omit<
  SessionRecord,
  "disconnectedAt" | "endReason" | keyof SessionCounters | MayBeLeftOut
> &
  Partial<Pick<SessionRecord, Exclude<MayBeLeftOut, "link">>>;

type MayBeLeftOut = "pool" | "groupId" | "groupName" | "computerName" | "clientKind" | "link";
