/**
 * What an administrator decides about one user. Stored and shown as it stands here; texts are in the normal
 * form that their parsers give (`allowed-hours.ts`, `networks.ts`, `destinations.ts`). Times are ISO 8601 in
 * UTC.
 */
export interface UserPolicy {
  readonly enabled: boolean;
  /** The user may dial from this moment on; null: since ever. */
  readonly validFrom: string | null;
  /** The user may be connected before this moment; null: for ever. */
  readonly validUntil: string | null;
  /** For example "mon-fri 08:00-18:00", in the host's time zone; empty: at any time. */
  readonly allowedHours: readonly string[];
  /** Outer networks that the user may dial from, for example "203.0.113.0/24"; empty: from anywhere. */
  readonly allowedSources: readonly string[];
  /** Always this address, whatever the pool says; null: one from the pool. */
  readonly staticAddress: string | null;
  /** The named pool that the address comes from where there is no static one; null: tunnel.pool. */
  readonly pool: string | null;
  /** Name servers, at most two; null: tunnel.dns. */
  readonly dns: readonly string[] | null;
  /** "optional": a device without MPPE may go on in clear. */
  readonly encryption: "required" | "optional";
  /** Seconds until a session is ended, whatever it does; null: never. */
  readonly sessionTimeout: number | null;
  /** Seconds without an inner packet until a session is ended; null: never. */
  readonly idleTimeout: number | null;
  /** Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. */
  readonly maxSessions: number | null;
  /** One session too many: refuse the new dial, or disconnect the oldest session. */
  readonly whenExceeded: "deny" | "replace";
  /** Bits of inner IP a second from the client, and to it; null: unlimited. */
  readonly rateUp: number | null;
  readonly rateDown: number | null;
  /**
   * Where the client may send to, for example "10.0.0.0/8" or "192.0.2.5 tcp 443,8000-8080"; empty: anywhere.
   */
  readonly allowedDestinations: readonly string[];
  /** From this moment on the client must change the password; null: never. */
  readonly passwordExpiresAt: string | null;
}

/** A user about whom nothing was decided. */
export const UNRESTRICTED: UserPolicy = {
  enabled: true,
  validFrom: null,
  validUntil: null,
  allowedHours: [],
  allowedSources: [],
  staticAddress: null,
  pool: null,
  dns: null,
  encryption: "required",
  sessionTimeout: null,
  idleTimeout: null,
  maxSessions: null,
  whenExceeded: "deny",
  rateUp: null,
  rateDown: null,
  allowedDestinations: [],
  passwordExpiresAt: null,
};
