/** A user whom an administrator disabled or removed while the database took no writes. */
export interface Denial {
  readonly userId: string;
  /** False: disabled. */
  readonly removed: boolean;
}

/** Who may not log in any more though the database does not know yet; written together with the records. */
export class Denials {
  readonly #byUser = new Map<string, Denial>();

  get size(): number {
    return this.#byUser.size;
  }

  /** A user who is to be removed is not merely disabled by what comes later. */
  add(denial: Denial): void {
    if (this.#byUser.get(denial.userId)?.removed !== true) this.#byUser.set(denial.userId, denial);
  }

  /** The database has caught up, or an administrator has enabled the user again. */
  lift(userId: string): void {
    this.#byUser.delete(userId);
  }

  has(userId: string): boolean {
    return this.#byUser.has(userId);
  }

  all(): readonly Denial[] {
    return [...this.#byUser.values()];
  }

  /** The database knows. */
  written(denial: Denial): void {
    if (this.#byUser.get(denial.userId) === denial) this.#byUser.delete(denial.userId);
  }
}
