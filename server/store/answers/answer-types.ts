/** A request that has a key, and is done once for that key. */
export interface Claim {
  /** Kind and ID of who asks: keys of others are others. */
  readonly actor: string;
  /** Visible characters of ASCII. */
  readonly key: string;
  /** Digest of all that the request says. */
  readonly request: Uint8Array;
}

/** What was answered, to be answered again. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/**
 * What is known of a request: its answer, or that pacd ended before there was one. `done`: what it asked for
 * was done; `begun`: or maybe not.
 */
export interface KeptAnswer {
  readonly request: Uint8Array;
  readonly answer: Answer | "done" | "begun";
}

/** Answers to requests that have a key, kept for a day. Sealed, since a generated password may be in them. */
export interface AnswerBook {
  find(claim: Pick<Claim, "actor" | "key">): Promise<KeptAnswer | undefined>;
  /** The request is about to be carried out, by something that does not take the claim with it. */
  begin(claim: Claim): Promise<void>;
  /** Resolves when it is on the disk. */
  keep(claim: Claim, answer: Answer): Promise<void>;
  /** Nothing was done: the key is free. */
  release(claim: Claim): Promise<void>;
}
