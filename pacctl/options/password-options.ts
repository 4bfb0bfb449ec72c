import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import type { Schemas } from "../typed-api.ts";
import { newPassword } from "./asked-password.ts";
import { moment } from "./moment.ts";

/** What `addPasswordOptions` and `addExpiryOptions` put among a command's options. */
export interface PasswordOptions {
  readonly passwordStdin?: boolean;
  readonly askPassword?: boolean;
  readonly recoverablePassword?: boolean;
  readonly passwordExpires?: string | false;
  readonly expirePassword?: boolean;
}

const GROUP = "Password:";

/** For commands that set a password. */
export function addPasswordOptions(command: Command, now: () => Date): void {
  command
    .addOption(new Option("--password-stdin", "read the password from standard input").helpGroup(GROUP))
    .addOption(
      new Option("--ask-password", "ask for it at the terminal, twice, without showing it")
        .conflicts("passwordStdin")
        .helpGroup(GROUP),
    )
    .addOption(
      new Option("--recoverable-password", "keep it readable, as CHAP-MD5 needs it; weak").helpGroup(GROUP),
    )
    .addOption(new Option("--no-recoverable-password").hideHelp());
  addExpiryOptions(command, now);
}

/** For every command that may say when the password expires. */
export function addExpiryOptions(command: Command, now: () => Date): void {
  command
    .addOption(
      new Option("--password-expires <when>", "from then on, like 2027-01-01, the client must change it")
        .argParser((text) => moment(text, now()))
        .helpGroup(GROUP),
    )
    .addOption(new Option("--no-password-expires").hideHelp())
    .addOption(
      new Option("--expire-password", "the client must change it at the next log-in")
        .conflicts("passwordExpires")
        .helpGroup(GROUP),
    );
}

/** For a command that sets no password: it can only forget. Without --no- the API says what to do instead. */
export function addForgetOption(command: Command): void {
  command
    .addOption(new Option("--recoverable-password").hideHelp())
    .addOption(new Option("--no-recoverable-password", "forget the readable password").helpGroup(GROUP));
}

/** A request's password, where standard input holds one, and what is said about it. Throws usage. */
export async function passwordOf(io: Io, options: PasswordOptions): Promise<Schemas["SetPasswordBody"]> {
  const given =
    options.passwordStdin === true
      ? { password: await fromStdin(io) }
      : options.askPassword === true
        ? { password: await newPassword(io) }
        : {};
  return { ...given, ...aboutPassword(options, io.now) };
}

/** The part of a request that says how a password is kept and when it expires. */
export function aboutPassword(
  options: PasswordOptions,
  now: () => Date,
): Omit<Schemas["SetPasswordBody"], "password"> {
  const { recoverablePassword, passwordExpires, expirePassword } = options;
  const expiry =
    expirePassword === true ? now().toISOString() : passwordExpires === false ? null : passwordExpires;
  return {
    ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
    ...(expiry === undefined ? {} : { passwordExpiresAt: expiry }),
  };
}

/**
 * All of standard input; one line end is the shell's, not the password's. Throws usage where there is
 * nothing.
 */
export async function fromStdin(io: Io, what = "password"): Promise<string> {
  const password = (await io.stdin()).replace(/\r?\n$/, "");
  if (password === "") throw new AppError("usage", `There is no ${what} on standard input.`);
  return password;
}
