/** A page whose memory is used again once it was given back. */
export interface LentPage {
  readonly octets: Buffer;
  /** Once, when nobody reads it any more. */
  giveBack(): void;
}

interface Item {
  /** JSON in UTF-8; the array behind it may change with the version. */
  readonly octets: Uint8Array;
}

interface Made {
  readonly version: number;
  readonly items: readonly Item[];
  readonly page: Buffer;
  readonly memory: Memory;
}

interface Memory {
  readonly octets: Buffer;
  /** How many read it. */
  readers: number;
}

const BEGINNING = Buffer.from('{"items":[', "latin1");
const END = Buffer.from("]}", "latin1");
const COMMA = 0x2c;

/**
 * `{"items":[…]}`, shared by all who ask for the same items of the same version. A page of thousands of
 * sessions is a megabyte: fresh memory for each, which the kernel has to provide, would take longer than what
 * is written into it. So a page that nobody reads any more is written over.
 */
export class SharedPage {
  #made: Made | undefined;

  of(items: readonly Item[], version: number): LentPage {
    const made = this.#made;
    const same =
      made?.version === version &&
      made.items.length === items.length &&
      made.items.every((one, at) => one === items[at]);
    const { page, memory } = same ? made : this.#make(items, version);
    memory.readers++;
    return {
      octets: page,
      giveBack() {
        memory.readers--;
      },
    };
  }

  #make(items: readonly Item[], version: number): Made {
    let length = BEGINNING.length + END.length + Math.max(0, items.length - 1);
    for (const { octets } of items) length += octets.length;
    const memory = this.#memoryFor(length);
    const { octets: page } = memory;
    page.set(BEGINNING);
    let at = BEGINNING.length;
    for (const { octets } of items) {
      if (at > BEGINNING.length) page[at++] = COMMA;
      page.set(octets, at);
      at += octets.length;
    }
    page.set(END, at);
    this.#made = { version, items, page: page.subarray(0, length), memory };
    return this.#made;
  }

  /** The memory of the page before, where nobody reads that and it is neither too small nor far too large. */
  #memoryFor(length: number): Memory {
    const before = this.#made?.memory;
    const fits = before !== undefined && before.octets.length >= length && before.octets.length <= length * 2;
    if (before?.readers === 0 && fits) return before;
    return { octets: Buffer.allocUnsafeSlow(Math.ceil(length * SPARE)), readers: 0 };
  }
}

/** A page that is somewhat longer than the one before still fits. */
const SPARE = 1.1;
