import { AppError } from "../../server/errors/app-error.ts";
import { type Credentials, credentialsOf, type Secret } from "../decode/credentials.ts";
import type { Io } from "../io.ts";
import { fromStdin } from "./password-options.ts";

/** How passwords, or their hashes, are given to a command that has use for several. */
export interface CredentialOptions {
  readonly user?: string;
  readonly passwordStdin?: boolean;
  /** What standard input and the file hold are NT hashes. */
  readonly ntHash?: boolean;
  readonly credentials?: string;
}

/** Is a password or a hash to be read from standard input? */
export const readsStdin = ({ user, passwordStdin, ntHash }: CredentialOptions): boolean =>
  passwordStdin === true || (ntHash === true && user !== undefined);

/** Passwords or hashes by name; undefined where none was given. Throws usage. */
export async function credentialsFrom(io: Io, options: CredentialOptions): Promise<Credentials | undefined> {
  const { user, ntHash = false, credentials } = options;
  if ((user !== undefined) !== readsStdin(options))
    throw new AppError("usage", "--user and --password-stdin belong together, or --user and --nt-hash.");
  if (ntHash && user === undefined && credentials === undefined)
    throw new AppError("usage", "--nt-hash needs --user or --credentials: whose hash is it?");
  const read = (text: string, where: string): Secret => (ntHash ? hashOf(text, where) : text);
  const pairs = credentials === undefined ? [] : await fromFile(io, credentials, read);
  const noun = ntHash ? "NT hash" : "password";
  if (user !== undefined) pairs.push([user, read(await fromStdin(io, noun), "standard input")]);
  return user === undefined && credentials === undefined ? undefined : credentialsOf(pairs);
}

/** Never says what it was given: it stands for the password. */
function hashOf(text: string, where: string): Secret {
  const digits = text.trim();
  if (!/^[0-9a-f]{32}$/i.test(digits))
    throw new AppError("usage", `--nt-hash: ${where} holds no NT hash, which is 32 hexadecimal digits.`);
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

/**
 * On each line a name, white space, and the password or hash to the end of the line. Empty lines and those
 * with # are left out.
 */
async function fromFile(
  io: Io,
  path: string,
  read: (text: string, where: string) => Secret,
): Promise<(readonly [string, Secret])[]> {
  const text = await io.readFile(path).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("usage", `--credentials: ${path} cannot be read: ${why}.`);
  });
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    const [, name, password] = /^(\S+)[ \t](.*)$/.exec(line) ?? [];
    if (name === undefined || password === undefined)
      throw new AppError(
        "usage",
        `--credentials: line ${i + 1} of ${path} is no name, a space and a password.`,
      );
    return [[name, read(password, `line ${i + 1} of ${path}`)] as const];
  });
}
