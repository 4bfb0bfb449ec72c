/**
 * Goes up with every change to a user that the concentrator is told of. A log-in notes it before it reads a
 * user's secrets, and reads them again where it has gone up meanwhile: a change reaches only those calls that
 * have a user already. One number for all users: a name that nobody has may be somebody's after the change.
 */
export class UsersRevision {
  #number = 0;

  get number(): number {
    return this.#number;
  }

  /** A user was changed or removed. */
  changed(): void {
    this.#number++;
  }
}
