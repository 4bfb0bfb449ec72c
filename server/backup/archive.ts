import { createHash } from "node:crypto";
import { SEAL_LENGTH, seal } from "./seal.ts";
import { BLOCK, memberHeader, padding } from "./tar.ts";

/** A file on its way into an archive. */
export interface Part {
  readonly name: string;
  /** In octets; as many must come. */
  readonly size: number;
  readonly octets: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** The length of the archive, in octets. */
export const archiveLength = (parts: readonly Part[]): number =>
  parts.reduce((sum, { size }) => sum + BLOCK + size + padding(size), SEAL_LENGTH);

/** A tar archive of the parts, sealed, bit by bit. `at`: seconds since 1970. */
export async function* archive(parts: readonly Part[], at: number): AsyncGenerator<Uint8Array, void, void> {
  const hash = createHash("sha256");
  for (const { name, size, octets } of parts) {
    const header = memberHeader({ name, size, at });
    hash.update(header);
    yield header;
    let left = size;
    for await (const some of octets) {
      left -= some.length;
      hash.update(some);
      yield some;
    }
    if (left !== 0) throw new Error(`${name} had ${size} octets a moment ago`);
    const zeros = new Uint8Array(padding(size));
    hash.update(zeros);
    yield zeros;
  }
  yield seal(hash.digest("hex"), at);
}
