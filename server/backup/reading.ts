import { createHash, type Hash } from "node:crypto";
import { damaged, noBackup } from "./damaged.ts";
import { MANIFEST, MAX_MANIFEST, type Manifest, parseManifest } from "./manifest.ts";
import { Octets } from "./octets.ts";
import { SEAL, SEAL_LENGTH, seal } from "./seal.ts";
import { BLOCK, padding, readMemberHeader } from "./tar.ts";

/** Ours, in octets: what is asked of the stream at once. */
const PORTION = 64 * 1024;

/** Takes one file out of an archive. */
export interface Taker {
  write(octets: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
}

/**
 * Reads an archive, in bounded memory. `take` is told each file's name and size and says where its octets go;
 * it may throw. Nothing that was taken is good before this settles: the checksum stands at the end. Throws
 * backup-damaged for each octet that is missing, too much or another, and backup-too-new.
 */
export async function readArchive(
  pieces: AsyncIterable<Uint8Array>,
  take: (name: string, size: number) => Taker,
): Promise<Manifest> {
  const octets = new Octets(pieces);
  try {
    return await read(octets, take);
  } finally {
    await octets.close();
  }
}

async function read(octets: Octets, take: (name: string, size: number) => Taker): Promise<Manifest> {
  const hash = createHash("sha256");
  const seen = new Set<string>();
  let manifest: Manifest | undefined;
  for (;;) {
    const start = octets.at;
    const header = await octets.exactly(BLOCK);
    const member = readMemberHeader(header);
    if (manifest === undefined && member?.name !== MANIFEST)
      throw start === 0 ? noBackup() : damaged("its order");
    if (member === undefined) throw damaged(`what stands at octet ${start} is no header of a file`);
    const { name, size, at } = member;
    if (name === SEAL) {
      const rest = await octets.exactly(SEAL_LENGTH - BLOCK);
      const whole = Buffer.concat([header, rest]).equals(seal(hash.digest("hex"), at));
      if (!whole) throw damaged("its checksum does not fit what is in it");
      if ((await octets.some(1)).length > 0) throw damaged("something follows after its end");
      return manifest!;
    }
    if (seen.has(name)) throw damaged(`${name} is in it twice`);
    seen.add(name);
    hash.update(header);
    if (name === MANIFEST) {
      if (size > MAX_MANIFEST) throw damaged(`${MANIFEST} has ${size} octets`);
      const text = await octets.exactly(size);
      hash.update(text);
      manifest = parseManifest(text);
    } else await pass(octets, size, hash, take(name, size));
    const zeros = await octets.exactly(padding(size));
    if (zeros.some((octet) => octet !== 0)) throw damaged(`something stands behind ${name}`);
    hash.update(zeros);
  }
}

async function pass(octets: Octets, size: number, hash: Hash, to: Taker) {
  for (let left = size; left > 0; ) {
    const some = await octets.some(Math.min(left, PORTION));
    if (some.length === 0) throw damaged(`it ends after ${octets.at} octets, too early`);
    hash.update(some);
    await to.write(some);
    left -= some.length;
  }
  await to.end();
}
