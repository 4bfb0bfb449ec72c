import type { Role } from "./role.ts";

/** What the store knows of an API token: all but the token itself, of which it has the SHA-256. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export interface TokenRepository {
  /** Keeps the SHA-256 of a token that may do everything under a name, replacing what was there. */
  put(name: string, hash: Uint8Array, role?: Role): Promise<void>;
  /** The token with this SHA-256. From memory: every request asks. */
  find(hash: Uint8Array): Token | undefined;
  has(hash: Uint8Array): boolean;
}
