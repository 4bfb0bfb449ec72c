/** A budget for wrong log-ins in which more count than are free. Times are ISO 8601. */
export interface LockoutView {
  /** One user from one address; one user from all; all users from one address, or from its /24. */
  readonly kind: "user-address" | "user" | "address" | "network";
  /** Null where it is about all users, and for a name that no user has. */
  readonly userId: string | null;
  /** The user, or the name that was sent, escaped; null where it is about all users. */
  readonly user: string | null;
  /** An address, or a network as 203.0.113.0/24; null where it is about all of them. */
  readonly address: string | null;
  /** Wrong log-ins since `since`. */
  readonly failures: number;
  readonly since: string;
  readonly last: string;
  /** No log-in is judged before; null: the next one is. */
  readonly refusedUntil: string | null;
}

/** Wrong log-ins of one user that still count. */
export interface FailedLogIns {
  readonly count: number;
  /** Null where none count. */
  readonly since: string | null;
  readonly last: string | null;
  /** So many came, from all addresses together, that addresses which are new for the user have to wait. */
  readonly newAddressesWait: boolean;
  /** The latest first, twenty at most. */
  readonly addresses: readonly Omit<LockoutView & { readonly address: string }, "kind" | "userId" | "user">[];
}

/** Wrong log-ins since start, and how many budgets refuse now. */
export interface LogInFailures {
  readonly wrong: number;
  /** Refused before the password was compared. */
  readonly unjudged: number;
  readonly lockouts: Readonly<Record<LockoutView["kind"], number>>;
}
