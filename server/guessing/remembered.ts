/**
 * A map of so many entries. Each is light or heavy; beyond the bound the one that was changed least lately
 * goes, and a light one never pushes out a heavy one: who floods the map with new entries does not wash away
 * those that count.
 */
export class Remembered<V> {
  readonly #light: Bounded<V>;
  readonly #heavy: Bounded<V>;

  /** `most`: light ones, and as many heavy ones. */
  constructor(most: number) {
    this.#light = new Bounded(most);
    this.#heavy = new Bounded(most);
  }

  get size(): number {
    return this.#light.map.size + this.#heavy.map.size;
  }

  get(key: string): V | undefined {
    return this.#heavy.map.get(key) ?? this.#light.map.get(key);
  }

  set(key: string, value: V, heavy: boolean): void {
    this.delete(key);
    (heavy ? this.#heavy : this.#light).add(key, value);
  }

  /** Was it there? */
  delete(key: string): boolean {
    return this.#light.map.delete(key) || this.#heavy.map.delete(key);
  }

  *entries(): Iterable<readonly [string, V]> {
    yield* this.#heavy.map;
    yield* this.#light.map;
  }
}

class Bounded<V> {
  readonly map = new Map<string, V>();
  readonly #most: number;
  /**
   * Stands before every entry that is left: a new iterator would pass over all that were deleted, each time.
   */
  readonly #oldest = this.map.keys();

  constructor(most: number) {
    this.#most = most;
  }

  /** A key that is not there. */
  add(key: string, value: V): void {
    this.map.set(key, value);
    if (this.map.size <= this.#most) return;
    const { value: oldest } = this.#oldest.next();
    if (oldest !== undefined) this.map.delete(oldest);
  }
}
