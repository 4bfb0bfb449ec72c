import type { Ipv4 } from "../../wire/ipv4.ts";

/** Ours: the filter of a GRE socket compares each packet with every address, and takes so many at most. */
const MOST = 16;

/**
 * The addresses of this host whose GRE is ours: those that are listened on, and for as long as a tunnel of a
 * client lasts the one that it has dialled, also where that is listened on no more.
 */
export class DialledAddresses {
  #listened: readonly Ipv4[];
  /** How many tunnels each has. */
  readonly #tunnels = new Map<Ipv4, number>();
  #told: readonly Ipv4[];
  readonly #tell: (addresses: readonly Ipv4[]) => void;

  /** `listened`: none means all. `tell` hears of changes: all that count from then on, none meaning all. */
  constructor(listened: readonly Ipv4[], tell: (addresses: readonly Ipv4[]) => void) {
    this.#listened = listened;
    this.#told = listened;
    this.#tell = tell;
  }

  listenOn(listened: readonly Ipv4[]): void {
    this.#listened = listened;
    this.#settle();
  }

  begun(address: Ipv4): void {
    this.#tunnels.set(address, (this.#tunnels.get(address) ?? 0) + 1);
    this.#settle();
  }

  ended(address: Ipv4): void {
    const left = (this.#tunnels.get(address) ?? 1) - 1;
    if (left > 0) this.#tunnels.set(address, left);
    else {
      this.#tunnels.delete(address);
      this.#settle();
    }
  }

  #settle(): void {
    const wanted = this.#wanted();
    if (wanted.length === this.#told.length && wanted.every((address) => this.#told.includes(address)))
      return;
    this.#told = wanted;
    this.#tell(wanted);
  }

  #wanted(): readonly Ipv4[] {
    if (this.#listened.length === 0) return [];
    const all = [...new Set([...this.#listened, ...this.#tunnels.keys()])];
    return all.length > MOST ? [] : all;
  }
}
