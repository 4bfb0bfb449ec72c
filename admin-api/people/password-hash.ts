import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { AppError } from "../../server/errors/app-error.ts";

/**
 * What a hash costs: RFC 9106 §4 by way of what OWASP recommends for a server, 19 MiB and two passes. It is
 * some 30 ms of one thread of the pool.
 */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT = 16;
const TAG = 32;

/**
 * Ours: hashes that wait for their turn. One is made at a time: log-ins cannot take more than one of the
 * pool's threads, nor more memory than one hash needs, whoever sends however many.
 */
const MAX_WAITING = 16;

/** Ours: characters of an administrator's password at least; there is no second factor (NIST SP 800-63B). */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 256;

/** The PHC string format, of argon2id with the parameters that are named in it. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const derive = promisify(argon2);

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Refuses what is no password for an administrator: invalid-password. The message never repeats it. */
export function checkAdministratorPassword(password: string): void {
  const length = [...password].length;
  const refuse = (says: string) => new AppError("invalid-password", says, { field: "password" });
  if (length < MIN_PASSWORD || length > MAX_PASSWORD)
    throw refuse(
      `The password of an administrator must have ${MIN_PASSWORD} to ${MAX_PASSWORD} characters, not ${length}.`,
    );
  if (!password.isWellFormed()) throw refuse("The password must be valid Unicode.");
}

/** Whose turn it is to hash: one at a time. */
export class HashingTurns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Does `work` when all that came before is done. Throws rate-limited where too many wait. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING)
      throw new AppError("rate-limited", "Too many passwords are being looked at. Try again in 1 s.", {
        retryAfterSeconds: 1,
      });
    this.#waiting++;
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done.finally(() => this.#waiting--);
  }
}

/** By the parameters of now, with salt and parameters in it. */
export async function makeHash(password: string): Promise<string> {
  const salt = randomBytes(SALT);
  return written(COST, salt, await hashed(password, salt, COST, TAG));
}

/** Is it this password? Takes as long where there is no hash. */
export async function matchesHash(password: string, hash: string | undefined): Promise<boolean> {
  const { parameters, salt, tag } = read(hash ?? NOBODYS);
  const made = await hashed(password, salt, parameters, tag.length);
  return timingSafeEqual(made, tag) && hash !== undefined;
}

function hashed(password: string, nonce: Buffer, parameters: Parameters, tagLength: number): Promise<Buffer> {
  // Letters with accents are one password, whichever way the keyboard makes them.
  const message = password.normalize("NFC");
  return derive("argon2id", { message, nonce, tagLength, ...parameters });
}

/** Was it made by other parameters than those of now? */
export const isOutdated = (hash: string): boolean =>
  Object.entries(COST).some(([name, value]) => read(hash).parameters[name as keyof Parameters] !== value);

function written({ memory, passes, parallelism }: Parameters, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

const base64 = (octets: Buffer) => octets.toString("base64").replace(/=+$/, "");

function read(hash: string) {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) throw new Error("an administrator's password hash is damaged");
  return {
    parameters: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

/** What a password is held against where there is nobody. */
const NOBODYS = written(COST, Buffer.alloc(SALT), Buffer.alloc(TAG));
