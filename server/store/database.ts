import type { Generated, Kysely } from "kysely";
import type { GroupField } from "../policy/group-policy.ts";
import type { Role } from "./people/role.ts";

/** The tables after all migrations, column names in camelCase; `migrations/schema.sql` has them in SQL. */
export interface Tables {
  readonly users: UserRow;
  readonly groups: GroupRow;
  readonly sessions: SessionRow;
  readonly attempts: AttemptRow;
  readonly administrators: AdministratorRow;
  readonly tokens: TokenRow;
  readonly answers: AnswerRow;
  readonly canaries: CanaryRow;
  readonly events: KeptEventRow;
  readonly webhooks: WebhookRow;
  readonly webhookDeliveries: WebhookDeliveryRow;
  readonly heartbeat: HeartbeatRow;
  readonly about: AboutRow;
  readonly audit: AuditRow;
}

/** The one connection, shared by the repositories. */
export type Db = Kysely<Tables>;

export interface UserRow {
  readonly id: string;
  readonly name: string;
  /** Equal for two spellings of one name. */
  readonly nameKey: string;
  /** 0; more for one who has had a name with the key of somebody else since before keys were compared. */
  readonly nameRank: number;
  /** 0 or 1. */
  readonly enabled: number;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  /** JSON, an array of texts, as the three other lists. */
  readonly allowedHours: string;
  readonly allowedSources: string;
  readonly staticAddress: string | null;
  readonly pool: string | null;
  readonly dns: string | null;
  readonly encryption: "required" | "optional";
  readonly sessionTimeout: number | null;
  readonly idleTimeout: number | null;
  readonly maxSessions: number | null;
  readonly whenExceeded: "deny" | "replace";
  readonly rateUp: number | null;
  readonly rateDown: number | null;
  readonly allowedDestinations: string;
  readonly passwordExpiresAt: string | null;
  readonly passwordChangedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of the group; null: none. */
  readonly groupId: string | null;
  /** JSON, an array of the fields that were decided for the user and that a group could decide. */
  readonly own: string;
  readonly comment: string;
  /** JSON, an object of texts. */
  readonly labels: string;
  readonly lastLogInAt: string | null;
  readonly lastLogInAddress: string | null;
  readonly lastLogInSession: string | null;
  /** Counts the changes. */
  readonly revision: number;
  /** One NT hash or two, sealed by the secret box. */
  readonly ntHash: Uint8Array;
  /** The password, sealed by the secret box; null: not kept. */
  readonly password: Uint8Array | null;
}

type Decided = {
  readonly [Field in GroupField]: UserRow[Field] | null;
};

/** Null in a column of the policy: the group does not decide that. */
export interface GroupRow extends Decided {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly comment: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts the changes. */
  readonly revision: number;
}

interface SessionRow {
  readonly seq: Generated<number>;
  readonly id: string;
  readonly attemptId: string;
  readonly userId: string;
  readonly user: string;
  /** Of the name; null until pacd has opened a database that was made before there were keys. */
  readonly userKey: string | null;
  readonly clientAddress: string;
  readonly assignedAddress: string;
  readonly encryption: string;
  readonly mtu: number;
  readonly connectedAt: string;
  readonly disconnectedAt: string | null;
  readonly endReason: string | null;
  readonly rxBytes: Generated<number>;
  readonly txBytes: Generated<number>;
  readonly rxPackets: Generated<number>;
  readonly txPackets: Generated<number>;
  /** Name of the pool that the address came from; null: none, or a session of before that was kept. */
  readonly pool: string | null;
  /** The user's group when the session came up. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  /** When it was last used, as far as that was written. */
  readonly lastActivity: string | null;
  /** What the client said of itself. */
  readonly computerName: string | null;
  readonly clientKind: string | null;
  /** JSON of the figures of the link at the end. */
  readonly link: string | null;
}

interface AttemptRow {
  readonly seq: Generated<number>;
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly clientAddress: string;
  readonly user: string | null;
  /** Of the name as sent, white space at its ends aside; null where there is no name. */
  readonly userKey: string | null;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly verdict: string;
  readonly evidence: string;
  readonly setupMs: number | null;
  readonly count: number;
  readonly firstAt: string;
  /** JSON, an array of times. */
  readonly lastTimes: string;
  /** JSON, an array of TraceEntry. */
  readonly trace: string;
}

export interface AdministratorRow {
  readonly id: string;
  readonly name: string;
  /** Equal for two spellings of one name. */
  readonly nameKey: string;
  /** A hash that says how it was made; never the password. */
  readonly password: string;
  readonly role: Role;
  /** 0 or 1. */
  readonly enabled: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly passwordChangedAt: string;
  readonly lastLogInAt: string | null;
  readonly lastLogInAddress: string | null;
}

export interface TokenRow {
  readonly id: string;
  /** Null for that of a log-in. */
  readonly name: string | null;
  /** Whose log-in it is; null for a token with a name. */
  readonly administratorId: string | null;
  readonly hash: Uint8Array;
  readonly role: Role;
  /** JSON, an array of texts. */
  readonly sources: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
}

export interface WebhookRow {
  readonly id: string;
  readonly description: string;
  readonly url: string;
  /** 0 or 1. */
  readonly allowPlain: number;
  /** JSON, an object: which events. */
  readonly filter: string;
  /** 0 or 1. */
  readonly enabled: number;
  /** Sealed by the secret box. */
  readonly secret: Uint8Array;
  /** The number of the last event that it is done with. */
  readonly cursor: number;
  /** How often the next event was tried, and since when; null: not yet. */
  readonly attempts: number;
  readonly triedSince: string | null;
  /** Failures since something was taken last. */
  readonly failures: number;
  /** When it is tried again; null: at once. */
  readonly nextAt: string | null;
  /** Since when nothing was taken; null: it was. */
  readonly failingSince: string | null;
  /** Why pacd has disabled it; null: it has not. */
  readonly disabledBecause: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
}

export interface WebhookDeliveryRow {
  readonly seq: Generated<number>;
  readonly webhookId: string;
  /** Null: a test, or word of events that are forgotten. */
  readonly eventId: number | null;
  readonly eventType: string;
  readonly attempt: number;
  readonly at: string;
  readonly durationMs: number;
  /** Null: there was no answer. */
  readonly status: number | null;
  readonly result: "delivered" | "failed" | "given-up";
  readonly detail: string;
}

interface KeptEventRow {
  readonly id: number;
  readonly at: string;
  readonly type: string;
  /** Of the user it is about, as in the history. */
  readonly userKey: string | null;
  readonly groupKey: string | null;
  readonly clientAddress: string | null;
  readonly assignedAddress: string | null;
  /** JSON, an object. */
  readonly data: string;
}

/** What was answered to a request that had a key. */
interface AnswerRow {
  readonly seq: Generated<number>;
  /** Kind and ID of who asked. */
  readonly actor: string;
  readonly key: string;
  /** SHA-256 of the request, sealed. */
  readonly request: Uint8Array;
  readonly at: string;
  /** The answer, sealed: a generated password may be in it. Empty: done; one octet of 0: begun. */
  readonly sealed: Uint8Array;
}

interface CanaryRow {
  readonly name: string;
  /** Opens with the right key only. */
  readonly sealed: Uint8Array;
}

/** One row, from the first record on. */
interface HeartbeatRow {
  readonly id: number;
  /** When a record was last written. */
  readonly at: string;
}

/** One row. */
interface AboutRow {
  readonly id: number;
  /** Version of the pacd that opened the database last. */
  readonly writtenBy: string;
  /** When a backup was last handed out whole; null: never. */
  readonly backedUpAt: string | null;
}

/** Names have keys beside them, as in the history; what is JSON is an object. */
export interface AuditRow {
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly lastAt: string;
  readonly count: number;
  readonly actorKind: string;
  readonly actor: string | null;
  readonly actorKey: string | null;
  readonly actorId: string | null;
  readonly role: string | null;
  readonly address: string | null;
  readonly pid: number | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly targetKind: string;
  readonly target: string | null;
  readonly targetKey: string | null;
  readonly targetId: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly effects: string | null;
  readonly result: string;
  readonly status: number | null;
  readonly code: string | null;
}
