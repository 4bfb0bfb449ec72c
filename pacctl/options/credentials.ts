import { AppError } from "../../server/errors/app-error.ts";
import { type Credentials, credentialsOf } from "../decode/credentials.ts";
import type { Io } from "../io.ts";
import { fromStdin } from "./password-options.ts";

/** How passwords are given to a command that has use for several. */
export interface CredentialOptions {
  readonly user?: string;
  readonly passwordStdin?: boolean;
  readonly credentials?: string;
}

/** Passwords by name; undefined where none was given. Throws usage. */
export async function credentialsFrom(
  io: Io,
  { user, passwordStdin, credentials }: CredentialOptions,
): Promise<Credentials | undefined> {
  if ((user === undefined) !== (passwordStdin === undefined))
    throw new AppError("usage", "--user and --password-stdin belong together.");
  const pairs: (readonly [string, string])[] =
    credentials === undefined ? [] : await fromFile(io, credentials);
  if (user !== undefined) pairs.push([user, await fromStdin(io)]);
  return user === undefined && credentials === undefined ? undefined : credentialsOf(pairs);
}

/**
 * On each line a name, white space, and the password to the end of the line. Empty lines and those with # are
 * left out.
 */
async function fromFile(io: Io, path: string): Promise<(readonly [string, string])[]> {
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
    return [[name, password] as const];
  });
}
