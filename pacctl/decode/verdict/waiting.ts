/** Ours: a question that waited for so long, in milliseconds, was answered by nobody. */
export const UNANSWERED_AFTER = 5000;

/** How long a call has waited for what did not come. */
export interface Waiting {
  /** So long nothing came, in milliseconds. */
  readonly waited: number;
  /** One side has ended the call, or it is silent for good. */
  readonly over: boolean;
}

/** Was it long enough to say that nobody answers? */
export const timedOut = ({ waited, over }: Waiting): boolean => over || waited >= UNANSWERED_AFTER;
