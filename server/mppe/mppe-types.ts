/** What became of a received frame. Only "ok" touches the frame. */
export type Opened =
  | "ok"
  /** The count is behind: a duplicate or a late packet. Its key is gone, and no key is ever used twice. */
  | "late"
  /** The count is further ahead than MAX_JUMP, or than MAX_LOST where packets are known to be lost. */
  | "jump"
  /** "late" or "jump" more than MAX_REFUSED_IN_A_ROW times with no other between: the tunnel cannot go on. */
  | "desynchronised"
  /**
   * Stateful: a packet before this one was lost, and so is its place in the key stream until a flushed packet
   * comes.
   */
  | "unsynchronised"
  /** Bit D is clear. */
  | "not-encrypted"
  /** Stateless, but bit A is clear: the peer thinks that it is in stateful mode. */
  | "not-stateless"
  /** No room for a header. */
  | "truncated"
  /** The changes of its key that it asks for are more than the budget has left. Nothing has changed. */
  | "over-budget"
  /**
   * Stateless: the changes before it take long. They are `owed`; once they are made (`advance`), this very
   * packet is the next.
   */
  | "far";

/** What key changes may cost one tunnel. */
export interface Budget {
  /** Takes so many key changes out of it; false, and nothing taken, where there are not so many left. */
  pays(changes: number): boolean;
}

/** Whoever uses it bounds the work himself. */
export const FREE: Budget = { pays: () => true };

/**
 * The sending side of one tunnel: `Encryptor`, or `StatelessSealer` where many packets are encrypted in one
 * go.
 */
export interface Sealer {
  /**
   * Writes the header at `headerAt` and encrypts what follows it up to, not including, `end`, in place; a
   * `StatelessSealer` does so once its queue runs. The plaintext begins with the PPP protocol field. Room for
   * the two octets of the header is the caller's.
   */
  seal(bytes: Uint8Array, headerAt: number, end: number): void;
  /** Stateful mode: the next packet can be decrypted by a receiver that has lost others (RFC 3078 §8.2). */
  flush(): void;
}

/**
 * The receiving side of one tunnel: `Decryptor`, or `StatelessOpener` where many packets are decrypted in one
 * go.
 */
export interface Opener {
  /** True where the plaintext is there only once the queue has run. */
  readonly queued: boolean;
  /**
   * Reads the header at `headerAt` and, if the packet may be decrypted, decrypts what follows it up to, not
   * including, `end`, in place. After "ok" the plaintext, from its PPP protocol field on, starts at
   * `headerAt` + 2. `lost`: how many GRE packets are missing since the last packet that was "ok" or
   * "unsynchronised"; 0 where nobody knows. `budget` pays for the key changes of packets that are missing,
   * and for keys that are tried, before they are made.
   */
  open(bytes: Uint8Array, headerAt: number, end: number, lost?: number, budget?: Budget): Opened;
  /** Has the packet the count that is the next one? Its header must be there. */
  continues(bytes: Uint8Array, headerAt: number): boolean;
  /**
   * Remembers where count and keys stand; what waits in the queue goes before. A chain of keys has no way
   * back.
   */
  checkpoint(): void;
  /** Count and keys are where they were at the last `mark`. */
  rollBack(): void;
  /** Refusals up to now do not count towards "desynchronised". */
  pardon(): void;
  /** Key changes that are to be made before anything else is opened. */
  readonly owed: number;
  /** Makes at most so many of them. */
  advance(most: number): void;
  /** Stateful: what was decrypted makes no sense. Nothing more is, until a flushed packet comes. */
  distrust(): void;
}
