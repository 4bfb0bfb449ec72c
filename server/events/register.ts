/** What each type of event carries. A new field is added at the end; none ever changes its meaning. */
export interface EventData {
  readonly "session-up": {
    readonly session: string;
    readonly attempt: string;
    readonly user: string;
    readonly userId: string;
    /** Null: in none. */
    readonly group: string | null;
    readonly clientAddress: string;
    readonly assignedAddress: string;
    /** "tunnel.pool", or the name under [pools]; null: the address lies in none. */
    readonly pool: string | null;
    readonly encryption: string;
    readonly connectedAt: string;
    /** From the Outgoing-Call-Request on. */
    readonly setupMs: number;
    /** From the user's name to the log-in that was accepted; null: unknown. */
    readonly logInMs: number | null;
  };
  readonly "session-down": {
    readonly session: string;
    readonly attempt: string;
    readonly user: string;
    readonly userId: string;
    readonly group: string | null;
    readonly clientAddress: string;
    readonly assignedAddress: string;
    /** "tunnel.pool", or the name under [pools]; null: the address lies in none. */
    readonly pool: string | null;
    readonly connectedAt: string;
    readonly durationSeconds: number;
    readonly verdict: string;
    readonly evidence: string;
    readonly rxBytes: number;
    readonly txBytes: number;
    readonly rxPackets: number;
    readonly txPackets: number;
  };
  readonly "dial-failed": {
    /** The latest of those that are told. */
    readonly attempt: string;
    readonly verdict: string;
    readonly evidence: string;
    /** As the client sent it; null: it sent none. */
    readonly user: string | null;
    /** Null: no user has that name. */
    readonly userId: string | null;
    readonly clientAddress: string;
    /** Dials of this name and address with this verdict that are told here. */
    readonly count: number;
    /** Others that failed since the last such event and are told nowhere. */
    readonly leftOut: number;
  };
  readonly "guessing-slowed": {
    readonly kind: "user-address" | "user" | "address" | "network";
    readonly user: string;
    readonly userId: string | null;
    readonly address: string;
    readonly failures: number;
    readonly leftOut: number;
  };
  readonly "condition-raised": {
    readonly code: string;
    /** "" where there can be one only. */
    readonly subject: string;
    readonly sentence: string;
    readonly ready: boolean;
  };
  readonly "condition-cleared": {
    readonly code: string;
    readonly subject: string;
    readonly lastedSeconds: number;
  };
  readonly "config-loaded": {
    /** Null: pacd runs without one. */
    readonly file: string | null;
    readonly changes: readonly {
      readonly key: string;
      /** As the file would have it; null: it is not there. */
      readonly from: string | null;
      readonly to: string | null;
      /** "restart": not yet. */
      readonly counts: string;
    }[];
    readonly sessionsEnded: number;
  };
  readonly "pool-nearly-empty": {
    readonly pool: string;
    readonly free: number;
    readonly total: number;
    readonly threshold: number;
  };
  readonly "admin-action": {
    /** Of the record in the audit. */
    readonly audit: string;
    readonly actor: string;
    readonly actorKind: string;
    readonly action: string;
    readonly targetKind: string | null;
    readonly target: string | null;
    readonly result: string;
    readonly address: string | null;
  };
}

export type EventType = keyof EventData;

/** Whom and what an event is about, for filters. */
export interface EventSubject {
  /** A user's name. */
  readonly user?: string | null;
  /** Of the client, and the inner one. */
  readonly addresses?: readonly string[];
  /** A group's name. */
  readonly group?: string | null;
}

/** What is published. */
export type NewEvent<T extends EventType = EventType> = {
  readonly [K in T]: { readonly type: K; readonly subject?: EventSubject; readonly data: EventData[K] };
}[T];

/** An event with its number and its time. */
export type PacdEvent<T extends EventType = EventType> = NewEvent<T> & {
  /** Higher than that of every event before, also of those before a restart. */
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
};
