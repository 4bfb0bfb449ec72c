import type { DecidedPolicy } from "../../policy/group-policy.ts";
import type { Page, Paged } from "../page-types.ts";

/** A policy that users inherit. Null: the group decides nothing about that field. */
export interface Group extends DecidedPolicy {
  /** Stays the same when the group is renamed. */
  readonly id: string;
  /** Kept as written. Unique by its key, as users' names are. */
  readonly name: string;
  /** For administrators; empty: none. */
  readonly comment: string;
  /** How many users are in it. */
  readonly users: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Another one after each change of the group. */
  readonly revision: string;
}

/** What is not said is not decided. */
export interface NewGroup extends Partial<DecidedPolicy> {
  readonly name: string;
  readonly comment?: string;
}

/** What is not said stays; null: not decided any more. */
export interface GroupChange extends Partial<DecidedPolicy> {
  readonly name?: string;
  readonly comment?: string;
}

/** Which group is meant: by name, in whatever spelling, or by ID. */
export type GroupRef = string | { readonly id: string };

export interface GroupRepository {
  /** invalid-name, invalid-policy, group-exists. */
  create(group: NewGroup): Promise<Group>;
  find(group: GroupRef): Promise<Group | undefined>;
  /** By name. */
  list(page: Page): Promise<Paged<Group>>;
  /** group-not-found, and what `create` throws. */
  update(group: GroupRef, change: GroupChange): Promise<Group>;
  /**
   * Returns the group as it was. Users in it are in none from then on where `release` says so; otherwise they
   * keep the group: group-has-members. group-not-found.
   */
  remove(group: GroupRef, how: { readonly release: boolean }): Promise<Group>;
  /** Names of the groups that have a pool that is none of these. */
  withOtherPool(pools: readonly string[]): Promise<readonly string[]>;
  /** Of these fields, those that were decided for users of the group: for how many each. */
  overridden(group: Group, fields: readonly string[]): Promise<Readonly<Record<string, number>>>;
  count(): Promise<number>;
}
