import type { CallId } from "../../wire/call-id.ts";

/** What the registry knows calls by. */
export interface RegisteredCall {
  readonly callId: CallId;
  /** Has the ID of its session, should it come up. */
  readonly record: { readonly sessionId: string };
  /** Who has logged in; undefined: nobody yet. Never somebody else later. */
  readonly user: { readonly id: string } | undefined;
}

/**
 * Every call, by its ID, its session and its user: the one place where a call is found. Whoever needs a set
 * of calls asks here and keeps none. The methods that a call itself calls are all that ever happens to the
 * list: who wants to hear of calls and sessions as they come and go is told there.
 */
export class Calls<C extends RegisteredCall> {
  readonly #byId = new Map<CallId, C>();
  /** Those that are up, oldest first. */
  readonly #sessions = new Map<string, C>();
  readonly #byUser = new Map<string, Set<C>>();

  /** A call begins. Its ID is taken from here on. */
  add(call: C): void {
    this.#byId.set(call.callId, call);
  }

  /** A user has logged in on a call; perhaps once more, after LCP was negotiated anew. */
  loggedIn(call: C): void {
    if (call.user === undefined || !this.has(call.callId)) return;
    const calls = this.#byUser.get(call.user.id) ?? new Set();
    this.#byUser.set(call.user.id, calls.add(call));
  }

  /** Its session has come up. */
  sessionUp(call: C): void {
    this.#sessions.set(call.record.sessionId, call);
  }

  /** Its session is over; the call itself may live on for its last messages. */
  sessionOver(call: C): void {
    this.#sessions.delete(call.record.sessionId);
  }

  /** The call is over, and its ID free. Removing it twice is harmless. */
  remove(call: C): void {
    if (this.#byId.get(call.callId) !== call) return;
    this.#byId.delete(call.callId);
    this.#sessions.delete(call.record.sessionId);
    if (call.user === undefined) return;
    const calls = this.#byUser.get(call.user.id);
    calls?.delete(call);
    if (calls?.size === 0) this.#byUser.delete(call.user.id);
  }

  /** How many calls there are, up or not. */
  get size(): number {
    return this.#byId.size;
  }

  /** Is this ID taken? */
  has(callId: CallId): boolean {
    return this.#byId.has(callId);
  }

  find(callId: CallId): C | undefined {
    return this.#byId.get(callId);
  }

  /** The call whose session is up under this ID. */
  session(sessionId: string): C | undefined {
    return this.#sessions.get(sessionId);
  }

  /** The calls on which this user has logged in, up or not, in that order. */
  ofUser(userId: string): readonly C[] {
    return [...(this.#byUser.get(userId) ?? [])];
  }

  /** Every call, up or not, oldest first. */
  all(): readonly C[] {
    return [...this.#byId.values()];
  }

  /** The calls whose sessions are up, those that came up first before the others. */
  sessions(): readonly C[] {
    return [...this.#sessions.values()];
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }
}
