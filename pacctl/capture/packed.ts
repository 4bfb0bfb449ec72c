import { constants, createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import { u32 } from "./files/octets.ts";
import { MAX_PACKINGS, MAX_WINDOW } from "./limits.ts";
import type { ProblemCode } from "./problems.ts";

type Engine = Gunzip | ZstdDecompress;

/** What was packed can be unpacked no further. */
export class PackingBroken extends Error {
  readonly code: Extract<ProblemCode, "packing-truncated" | "packing-damaged" | "packing-too-large">;
  readonly detail: string;

  constructor(code: PackingBroken["code"], detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

interface Packing {
  readonly name: string;
  readonly engine: () => Engine;
}

/** Octets that are unpacked at once: where the file is damaged, fewer of those before are lost. */
const PIECE = { chunkSize: 64 * 1024 };

const GZIP: Packing = { name: "gzip", engine: () => createGunzip(PIECE) };
const ZSTD: Packing = {
  name: "zstd",
  engine: () => createZstdDecompress({ ...PIECE, params: { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW } }),
};

/** Octets that tell how something is packed. */
const MAGIC = 4;

/** By the first octets (RFC 1952 §2.3.1, RFC 8878 §3.1.1, §3.1.2); undefined where it is not packed so. */
function packingOf(head: Uint8Array): Packing | undefined {
  if (head.length < MAGIC) return undefined;
  const first = u32(head, 0);
  if (first >>> 8 === 0x1f8b08) return GZIP;
  const skippable = (first & 0xf0ffffff) >>> 0 === 0x502a4d18;
  return first === 0x28b52ffd || skippable ? ZSTD : undefined;
}

/**
 * The same chunks, or what is packed in them; also what is packed in that again. A chunk is asked for when
 * the one before is used up, so that a small file of a large content takes no more memory than another.
 * Throws PackingBroken, after what could be unpacked.
 */
export async function* unpacked(source: AsyncIterable<Uint8Array>, depth = 0): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    const head = await firstOctets(chunks);
    const packing = depth < MAX_PACKINGS ? packingOf(head) : undefined;
    const whole = goOn(head, chunks);
    yield* packing === undefined ? whole : unpacked(unpack(packing, whole), depth + 1);
  } finally {
    await chunks.return?.();
  }
}

/** A chunk of MAGIC octets at least, or all that there is. */
async function firstOctets(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array(0);
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return head;
    if (head.length === 0 && next.value.length >= MAGIC) return next.value;
    const longer = new Uint8Array(head.length + next.value.length);
    longer.set(head);
    longer.set(next.value, head.length);
    head = longer;
    if (head.length >= MAGIC) return head;
  }
}

async function* goOn(head: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/** Several members or frames may stand one behind the other, and zeros behind the last one. */
async function* unpack(packing: Packing, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let member: Member | undefined;
  let taken = 0;
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; ) {
        if (member === undefined && taken > 0 && chunk[at] === 0) return;
        member ??= new Member(packing, taken);
        const before = member.taken;
        yield* member.give(chunk.subarray(at));
        at += member.taken - before;
        taken += member.taken - before;
        if (member.over) member = undefined;
      }
    }
    if (member !== undefined) yield* member.end();
  } finally {
    member?.close();
  }
}

/** What Node calls a frame whose window is larger than was allowed. */
const TOO_LARGE = "ZSTD_error_frameParameter_windowTooLarge";
const UNPACK = "zstd -dc --long=31 FILE | pacctl decode -";

/** One member of gzip, or frame of zstd. Node's gunzip takes the next ones as well. */
class Member {
  readonly #packing: Packing;
  readonly #engine: Engine;
  /** Where in the file it begins. */
  readonly #start: number;
  #wake = () => {};
  #failed: NodeJS.ErrnoException | undefined;
  over = false;

  constructor(packing: Packing, start: number) {
    this.#packing = packing;
    this.#start = start;
    this.#engine = packing.engine();
    this.#engine.on("readable", () => this.#wake());
    this.#engine.on("end", () => {
      this.over = true;
      this.#wake();
    });
    this.#engine.on("error", (error: NodeJS.ErrnoException) => {
      this.#failed = error;
      this.#wake();
    });
  }

  /** Octets that it has taken. */
  get taken(): number {
    return this.#engine.bytesWritten;
  }

  /** What these octets give; they may be reused afterwards. */
  async *give(octets: Uint8Array): AsyncGenerator<Uint8Array> {
    let used = false;
    this.#engine.write(octets, () => {
      used = true;
      this.#wake();
    });
    yield* this.#output(() => used);
  }

  async *end(): AsyncGenerator<Uint8Array> {
    this.#engine.end();
    yield* this.#output(() => false);
  }

  close(): void {
    this.#engine.destroy();
  }

  async *#output(enough: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      const octets: Uint8Array | null = this.#engine.read();
      if (octets !== null) yield octets;
      else if (this.#failed !== undefined) throw this.#broken(this.#failed);
      else if (this.over || enough()) return;
      else
        await new Promise<void>((wake) => {
          this.#wake = wake;
        });
    }
  }

  #broken({ code, message }: NodeJS.ErrnoException): PackingBroken {
    const place = `${this.#packing.name}, at octet ${this.#start + this.taken} of the packed file`;
    if (code === "Z_BUF_ERROR") return new PackingBroken("packing-truncated", place);
    if (code === TOO_LARGE) return new PackingBroken("packing-too-large", UNPACK);
    return new PackingBroken("packing-damaged", `${place}: ${message}`);
  }
}
