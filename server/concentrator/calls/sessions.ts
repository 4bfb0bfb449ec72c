import type { LiveSession } from "./live-session.ts";

/** A session that is up, as the register knows it. */
export interface SessionHandle {
  readonly id: string;
  readonly userId: string;
  readonly user: string;
  /** With counters as they stand now. */
  view(): LiveSession;
  /** Begins an administrator's disconnect. Resolves when the client has been told and the call is over. */
  disconnect(): Promise<void>;
}

/** The sessions that are up, oldest first. */
export class Sessions {
  readonly #byId = new Map<string, SessionHandle>();

  get count(): number {
    return this.#byId.size;
  }

  add(session: SessionHandle): void {
    this.#byId.set(session.id, session);
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }

  find(id: string): SessionHandle | undefined {
    return this.#byId.get(id);
  }

  all(): readonly SessionHandle[] {
    return [...this.#byId.values()];
  }
}
