import type { Page, Paged } from "../page-types.ts";
import type { Role } from "./role.ts";

/** What the store knows of an API token: all but the token itself, of which it has the SHA-256. */
export interface Token {
  readonly id: string;
  /** Made by somebody and named, or given to an administrator who logged in. */
  readonly kind: "token" | "log-in";
  /** The token's own, or the administrator's. */
  readonly name: string;
  /** Null where it is no log-in. */
  readonly administratorId: string | null;
  readonly role: Role;
  /** Networks from which alone it is taken; none: from everywhere. */
  readonly sources: readonly string[];
  readonly createdAt: string;
  /** In words: "administrator anna". */
  readonly createdBy: string;
  /** Null: never. */
  readonly expiresAt: string | null;
  /** As of the last request; written a while later. */
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
}

export interface NewToken {
  readonly name: string;
  readonly hash: Uint8Array;
  readonly role: Role;
  readonly sources: readonly string[];
  readonly expiresAt: string | null;
  readonly createdBy: string;
}

export interface NewLogIn {
  readonly administratorId: string;
  readonly hash: Uint8Array;
  readonly expiresAt: string;
}

/**
 * API tokens. Whoever has one is found in memory: no request costs a query, and while the database cannot be
 * used all of them hold, and can be revoked.
 */
export interface TokenRepository {
  /** Keeps the SHA-256 of a token of pacd's own under a name, replacing what was there. */
  put(name: string, hash: Uint8Array, role?: Role): Promise<void>;
  /** invalid-name, token-exists, too-many-tokens. */
  create(token: NewToken): Promise<Token>;
  /** Of an administrator who is enabled: log-in-refused. The oldest log-in ends where there are too many. */
  logIn(logIn: NewLogIn): Promise<Token>;
  /** The token with this SHA-256, also one that has expired. At once. */
  find(hash: Uint8Array): Token | undefined;
  has(hash: Uint8Array): boolean;
  /** By ID, or by the name of one that is no log-in. */
  get(idOrName: string): Token | undefined;
  /** Named ones by name, then log-ins by administrator. invalid-request. */
  list(page: Page): Paged<Token>;
  /**
   * It is refused from now on. token-not-found; not-yet-written where the database does not take it now, and
   * the running server refuses it all the same.
   */
  revoke(idOrName: string): Promise<Token>;
  /** A request came with it. In memory now, in the database within a minute. */
  used(id: string, address: string): void;
  /** Is told the ID of each token that is revoked or replaced, at once. The returned function ends that. */
  watch(ended: (id: string) => void): () => void;
  /** Writes what `used` left; for the end. */
  settled(): Promise<void>;
}
