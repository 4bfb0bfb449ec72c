import type { Page, Paged } from "../page-types.ts";
import type { Role } from "./role.ts";

/** Somebody who administers pacd, with a password. Nobody whom a VPN client can log in as. */
export interface Administrator {
  readonly id: string;
  /** Kept as written; unique without regard to case, width and composition of letters. */
  readonly name: string;
  readonly role: Role;
  readonly enabled: boolean;
  readonly createdAt: string;
  /** In words: "token admin". */
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly passwordChangedAt: string;
  readonly lastLogInAt: string | null;
  readonly lastLogInAddress: string | null;
}

export interface NewAdministrator {
  readonly name: string;
  /** A hash that says how it was made. */
  readonly password: string;
  readonly role: Role;
  readonly enabled: boolean;
  readonly createdBy: string;
}

/** What is not said stays. */
export interface AdministratorChange {
  readonly name?: string;
  readonly role?: Role;
  readonly enabled?: boolean;
}

export interface AdministratorRepository {
  /** invalid-name, administrator-exists, too-many-administrators. */
  create(administrator: NewAdministrator): Promise<Administrator>;
  /** By name, in whatever spelling, or by ID. */
  find(nameOrId: string): Promise<Administrator | undefined>;
  list(page: Page): Promise<Paged<Administrator>>;
  /**
   * Another role ends the log-ins, and so does the end of `enabled`. administrator-not-found, invalid-name,
   * administrator-exists, last-administrator.
   */
  update(nameOrId: string, change: AdministratorChange): Promise<Administrator>;
  /** Ends the log-ins. administrator-not-found. */
  setPassword(nameOrId: string, password: string): Promise<Administrator>;
  /**
   * Ends the log-ins. `last`: also the last one who is enabled and may do everything.
   * administrator-not-found, last-administrator.
   */
  remove(nameOrId: string, options: { readonly last: boolean }): Promise<Administrator>;
  /** For a log-in: who has this name, and the hash of the password. */
  secret(
    name: string,
  ): Promise<{ readonly administrator: Administrator; readonly password: string } | undefined>;
  /**
   * A log-in with the right password. `rehashed`: the password by today's parameters.
   * administrator-not-found.
   */
  loggedIn(id: string, address: string, rehashed?: string): Promise<Administrator>;
}
