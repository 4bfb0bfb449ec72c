import type { GroupField } from "../policy/group-policy.ts";
import type { UserPolicy } from "../policy/user-policy.ts";
import type { GroupRef } from "./groups/group-types.ts";
import type { Page, Paged } from "./page-types.ts";

/** Words that administrators give users, to find them by; keys as `checkLabels` allows them. */
export type Labels = Readonly<Record<string, string>>;

/** A user, with the policy that applies: the user's own, else the group's, else that of everybody. */
export interface User extends UserPolicy {
  readonly id: string;
  /**
   * Kept as written. Unique by its key: without regard to case, width and composition of letters
   * (`server/names/`).
   */
  readonly name: string;
  /** Whose policy counts where nothing was decided for the user; null: none. */
  readonly group: { readonly id: string; readonly name: string } | null;
  /** What was decided for this user. */
  readonly own: readonly (keyof UserPolicy)[];
  /** What the group decided and nobody for the user. All else holds for whoever nothing was decided about. */
  readonly fromGroup: readonly GroupField[];
  /** For administrators; empty: none. */
  readonly comment: string;
  readonly labels: Labels;
  /** The last log-in that became a session, as far as it is written; null: there was none. */
  readonly lastLogInAt: string | null;
  readonly lastLogInAddress: string | null;
  readonly lastLogInSession: string | null;
  /** Is the password kept so that it can be read again, as CHAP-MD5 needs it? */
  readonly recoverablePassword: boolean;
  readonly passwordChangedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Another one after each change of the user, or of what the group decides. */
  readonly revision: string;
}

/** What is common to a new user and a change. */
interface UserSettings extends Partial<UserPolicy> {
  /** group-unknown. Null: none. */
  readonly group?: GroupRef | null;
  readonly comment?: string;
  /** All of them: those that are not said are gone. */
  readonly labels?: Labels;
}

/** What is not said is inherited, or as in `UNRESTRICTED`, and the password not recoverable. */
export interface NewUser extends UserSettings {
  readonly name: string;
  readonly password: string;
  readonly recoverablePassword?: boolean;
}

/** What is not said stays. A field of the policy that is said is the user's own from then on. */
export interface UserChange extends UserSettings {
  /** What is the user's own no longer. */
  readonly inherit?: readonly (keyof UserPolicy)[];
  /** Labels that come and, where null, go; the others stay. */
  readonly mergeLabels?: Readonly<Record<string, string | null>>;
  /** A new name, or another spelling of the old one. */
  readonly name?: string;
  /** True is refused without a new password where it was not kept: password-needed. */
  readonly recoverablePassword?: boolean;
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

/** What users can be sorted by. */
export const USER_SORTS = ["name", "createdAt", "lastLogInAt", "passwordExpiresAt"] as const;
export type UserSort = (typeof USER_SORTS)[number];

/** Who is asked for: all of it holds. A policy is the one that applies. */
export interface UserFilter {
  /** A part of the name, in whatever spelling, or of the comment. */
  readonly q?: string;
  /** The name of a group; "none": in no group. */
  readonly group?: string;
  readonly enabled?: boolean;
  /** Is the validity over, as of this moment? */
  readonly expired?: { readonly is: boolean; readonly at: string };
  readonly passwordExpired?: { readonly is: boolean; readonly at: string };
  readonly neverLoggedIn?: boolean;
  /** Those who have, or have not, one of these IDs. */
  readonly among?: readonly string[];
  readonly notAmong?: readonly string[];
  /** Whose static address this is, or one of those who hold it. */
  readonly address?: { readonly is: string; readonly holders: readonly string[] };
  /** Without a value: whatever it is. */
  readonly labels?: readonly { readonly key: string; readonly value?: string | undefined }[];
  /** By name where nothing is said. */
  readonly sort?: UserSort;
  readonly descending?: boolean;
}

export interface UserRepository {
  /** invalid-name, user-exists, address-taken, group-unknown, invalid-labels. */
  create(user: NewUser): Promise<User>;
  find(user: UserRef): Promise<User | undefined>;
  /** Those who have these IDs, in any order. */
  some(ids: readonly string[]): Promise<readonly User[]>;
  /** invalid-request. */
  list(page: Page & UserFilter): Promise<Paged<User>>;
  /** user-not-found, and what `create` throws. */
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
