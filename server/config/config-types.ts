import type { IpNetwork } from "../wire/ip-network.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import type { Millis, Octets } from "../wire/units.ts";

/** The configuration after checking; every value is set. Keys of the TOML file in snake_case. */
export interface Config {
  readonly state: { readonly directory: string };
  readonly pptp: {
    /** One at least; none stands there twice, or within another. */
    readonly listen: readonly Endpoint[];
    readonly maxSessions: number;
  };
  readonly tunnel: {
    readonly interface: string;
    readonly localAddress: Ipv4;
    readonly pool: readonly PoolRange[];
    /** A pool may share addresses with networks that the host reaches otherwise. */
    readonly allowOverlap: boolean;
    readonly dns: readonly Ipv4[];
    readonly wins: readonly Ipv4[];
    readonly mtu: Octets;
  };
  /** Pools of their own for users, by name. No two pools overlap. */
  readonly pools: ReadonlyMap<string, readonly PoolRange[]>;
  readonly security: {
    /** The first is offered; a client may ask for one of the others. */
    readonly authentication: readonly ("ms-chap-v2" | "ms-chap-v1" | "chap-md5" | "pap")[];
    /** Longest first. */
    readonly mppeStrengths: readonly (40 | 56 | 128)[];
    readonly mppeStateful: boolean;
  };
  readonly users: {
    /** Sessions at once of a user about whom nothing else was decided; 0: any number. */
    readonly maxSessions: number;
  };
  readonly password: {
    /** Characters that a password must have at least which a user chooses in the client. */
    readonly minLength: number;
    /** A new password expires after so many days; 0: never. */
    readonly maxAgeDays: number;
  };
  /** Days that records are kept after their end; 0: for ever. */
  readonly records: {
    readonly sessionsDays: number;
    readonly attemptsDays: number;
    readonly auditDays: number;
  };
  readonly events: {
    /** So many are kept, the latest. */
    readonly keep: number;
    /** And no longer than these days; 0: as long as their number allows. */
    readonly days: number;
  };
  readonly metrics: {
    /** Traffic has a label with the user's name. */
    readonly perUser: boolean;
  };
  readonly gre: {
    /**
     * GRE packets that are held until an earlier one comes, and for how long; 0 packets: late ones are
     * dropped.
     */
    readonly reorderPackets: number;
    readonly reorderDelay: Millis;
  };
  readonly dataPlane: {
    /** Threads that carry packets; 0: one for each core that pacd may use. */
    readonly workers: number;
    /** Whose MPPE: the addon's kernels, or the reference in TypeScript. */
    readonly mppe: "native" | "typescript";
  };
  readonly nat: {
    readonly mode: "auto" | "off" | "required";
    /**
     * Rules of ours let the clients through chains of the host's firewall that would drop what is forwarded.
     */
    readonly acceptForward: boolean;
  };
  readonly admin: {
    readonly listen: Endpoint;
    /** Absolute paths of PEM files; without them the API speaks plain HTTP. */
    readonly tls: TlsFiles | undefined;
    /** Plain HTTP is allowed beyond the loopback. */
    readonly allowPlain: boolean;
    /**
     * Where processes of this host reach it without a token: "" nowhere; a bare name is in the directory for
     * that; else an absolute path.
     */
    readonly socket: string;
    /** Who may, beside root and pacd's own user; "": the group pacd where there is one. */
    readonly socketGroup: string;
    /** Networks of reverse proxies that are believed about where a request came from. */
    readonly trustedProxies: readonly IpNetwork[];
    /** A change of a user or group must say which state of it is meant. */
    readonly requireIfMatch: boolean;
  };
  readonly log: { readonly level: "debug" | "info" | "warn" | "error" };
}

/** Where certificate and key of the API are. */
export interface TlsFiles {
  /** The server's certificate first, then those between it and its authority. */
  readonly certificate: string;
  readonly key: string;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Inclusive. */
export interface AddressRange {
  readonly first: Ipv4;
  readonly last: Ipv4;
}

/** Addresses that clients may get, of one entry of a pool. */
export interface PoolRange extends AddressRange {
  /**
   * What the whole entry claims, where that is more: a network is written with two addresses that no client
   * gets, and either may be written with the concentrator's own.
   */
  readonly claims?: AddressRange;
}
