import { AppError } from "../errors/app-error.ts";
import { damaged } from "./damaged.ts";
import { Octets } from "./octets.ts";

/** How a file of age begins (https://age-encryption.org/v1). */
const AGE = "age-encryption.org/v1\n";

/**
 * Ours: scrypt with 2^17 rounds takes 128 MiB and about a second; each guess of a passphrase costs as much.
 */
const WORK_FACTOR = 17;

/** Ours: below that, guessing is a matter of days. */
export const MIN_PASSPHRASE = 12;

/** Encrypts with a passphrase, as the program `age -p` does, in pieces of 64 KiB. */
export async function encrypted(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
): Promise<AsyncIterable<Uint8Array>> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  return encrypter.encrypt(ReadableStream.from(pieces) as ReadableStream<Uint8Array>);
}

/**
 * What a file holds, decrypted where it is encrypted; every changed octet of an encrypted one is noticed.
 * `passphrase` is asked for only then. Throws backup-passphrase where there is none or it is wrong, and
 * backup-damaged.
 */
export async function* decrypted(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: () => Promise<string | undefined>,
): AsyncGenerator<Uint8Array, void, void> {
  const [head, all] = await peeked(pieces, AGE.length);
  if (Buffer.from(head).toString("latin1") !== AGE) {
    yield* all;
    return;
  }
  const given = await passphrase();
  if (given === undefined)
    throw new AppError(
      "backup-passphrase",
      "The backup is encrypted: give its passphrase with --passphrase-file FILE, or with --passphrase-stdin.",
    );
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(given);
  try {
    yield* await decrypter.decrypt(ReadableStream.from(all) as ReadableStream<Uint8Array>);
  } catch (error) {
    if (error instanceof AppError || "code" in (error as object)) throw error;
    const { message } = error as Error;
    if (message.startsWith("no identity matched"))
      throw new AppError(
        "backup-passphrase",
        "The passphrase is not that of the backup, or the beginning of the backup is damaged.",
      );
    throw damaged(`it cannot be decrypted (${message})`);
  }
}

/** The first octets, and all of them from the beginning. */
export async function peeked(
  pieces: AsyncIterable<Uint8Array>,
  count: number,
): Promise<readonly [Uint8Array, AsyncGenerator<Uint8Array, void, void>]> {
  const octets = new Octets(pieces);
  const head: Uint8Array[] = [];
  for (let got = 0; got < count; ) {
    const some = await octets.some(count - got);
    if (some.length === 0) break;
    head.push(some);
    got += some.length;
  }
  async function* all() {
    try {
      yield* head;
      for (;;) {
        const some = await octets.some(64 * 1024);
        if (some.length === 0) return;
        yield some;
      }
    } finally {
      await octets.close();
    }
  }
  return [Buffer.concat(head), all()];
}
