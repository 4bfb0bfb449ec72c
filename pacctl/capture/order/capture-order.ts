/** In what order the file has its packets. */
export interface CaptureOrder {
  /** Packets whose time is before that of the packet before them. */
  readonly backwards: number;
  /** The first of these; 0: none. */
  readonly first: number;
  /** How far one is behind the latest time before it, at most, in nanoseconds. */
  readonly most: number;
  /**
   * Packets that were put before others: times held and not the order of the file. 0: times were counted on.
   */
  readonly sorted: number;
  /**
   * Sequence numbers say that the order of the file holds, so that a clock was set where times run backwards.
   */
  readonly kept: boolean;
  /**
   * How far the clocks of two interfaces differed at most, in nanoseconds, whose times were brought together.
   */
  readonly clocks: number;
  /** All packets have one time. */
  readonly timeless: boolean;
}
