import type { AppError } from "../../errors/app-error.ts";
import type { Claim } from "../answers/answer-types.ts";
import type { Group, GroupChange, GroupRef, NewGroup } from "../groups/group-types.ts";
import type { NewPassword, NewUser, User, UserChange, UserRef, UserRepository } from "../user-types.ts";

/**
 * What must hold of what is there when it is written: asked inside the transaction, with what is there then.
 * What it throws refuses the write.
 */
interface Conditional<T> {
  readonly when?: ((current: T | undefined) => void) | undefined;
}

/** A password where it is another than the one that there is; when it expires if nothing else is said. */
export interface OtherPassword {
  readonly text: string;
  readonly expiresAt: string | null;
}

/** The whole of a user: what is not said is inherited, or nobody's decision. */
export interface WholeUser extends Omit<NewUser, "password"> {
  /** Not said: as it is. */
  readonly password?: OtherPassword;
  /** Of a user who is new, where none is said. */
  readonly firstPassword: OtherPassword;
}

export type UserWrite = { readonly kind: "user" } & Conditional<User> &
  (
    | { readonly do: "create"; readonly user: NewUser }
    | {
        readonly do: "update";
        readonly ref: UserRef;
        readonly change: UserChange;
        readonly password?: OtherPassword;
      }
    | { readonly do: "put"; readonly ref: UserRef; readonly user: WholeUser }
    | { readonly do: "password"; readonly ref: UserRef; readonly change: NewPassword }
    | { readonly do: "remove"; readonly ref: UserRef }
  );

export type GroupWrite = { readonly kind: "group" } & Conditional<Group> &
  (
    | { readonly do: "create"; readonly group: NewGroup }
    | { readonly do: "update"; readonly ref: GroupRef; readonly change: GroupChange }
    | { readonly do: "put"; readonly ref: GroupRef; readonly group: NewGroup }
    | { readonly do: "remove"; readonly ref: GroupRef; readonly release: boolean }
  );

/** One thing that is to be written. */
export type Write = UserWrite | GroupWrite;

/** What a write did. */
export interface Done<T> {
  readonly did: "created" | "changed" | "unchanged" | "removed";
  readonly before: T | undefined;
  readonly after: T | undefined;
  /** A password was set. */
  readonly password: boolean;
}

export interface Refused {
  readonly did: "refused";
  readonly error: AppError;
}

export type UserOutcome = { readonly kind: "user" } & (Done<User> | Refused);
export type GroupOutcome = { readonly kind: "group" } & (Done<Group> | Refused);
export type Outcome = UserOutcome | GroupOutcome;

export interface WriteTerms {
  /** All or none. Otherwise what is refused leaves the others as they are. */
  readonly atomic: boolean;
  /** Does everything, says what came of it, and takes it back. */
  readonly dryRun: boolean;
  /** IDs of users who shall be shown as they are after all of it, whoever wrote about them. */
  readonly watch?: readonly string[];
  /** The request that they are for: what is written says that it was done. */
  readonly claim?: Claim | undefined;
  /** The writes are one document about users and groups. */
  readonly document?: DocumentTerms;
}

/**
 * Of writes that are all done or none, in whatever order they come: an address that one user gives up, or
 * that of a user who is removed, can be another's.
 */
export interface DocumentTerms {
  /** Names of the users who stay; all others are removed. Not said: nobody is. */
  readonly users?: readonly string[];
  /** The same of groups. One that still has users is refused: group-has-members. */
  readonly groups?: readonly string[];
}

/**
 * One outcome for each write, in their order; then those of users and of groups that a document does not
 * name.
 */
export interface WriteReport {
  readonly outcomes: readonly Outcome[];
  /** False: nothing was written, because it was a dry run, or one of several that go together was refused. */
  readonly stored: boolean;
  readonly watched: readonly User[];
}

export interface WritableUsers extends UserRepository {
  /**
   * Writes users, and the groups that they are in, in one transaction. What is refused is an outcome, not an
   * error.
   */
  write(writes: readonly Write[], terms: WriteTerms): Promise<WriteReport>;
}
