/** What is asked for of a list. */
export interface Page {
  /** 1 to 1000. */
  readonly limit: number;
  /** From an earlier answer; opaque. */
  readonly cursor?: string;
}

export interface Paged<T> {
  readonly items: readonly T[];
  /** Undefined on the last page. */
  readonly next?: string;
}
