import { AppError } from "../errors/app-error.ts";
import { MAX_PASSWORD_LENGTH } from "../policy/password-rule.ts";

export { MAX_PASSWORD_LENGTH };

/** Ours: names stand in URLs, tables and logs. RFC 2759 §4 would let a client send 256 octets. */
export const MAX_NAME_LENGTH = 64;

/**
 * Control characters, separators that some viewers break a line at, and format characters: a name with a mark that turns
 * the direction of text, or with one of no width, looks like another name in every table.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Refuses a user name that could not log in or be addressed in a URL: invalid-name. */
export function checkName(name: string): void {
  const length = [...name].length;
  if (length < 1 || length > MAX_NAME_LENGTH)
    throw nameError(`The user name must have 1 to ${MAX_NAME_LENGTH} characters, not ${length}.`);
  if (!name.isWellFormed() || UNPRINTABLE.test(name))
    throw nameError("The user name must not contain control characters or invisible ones.");
  // Windows sends DOMAIN\name; everything up to the backslash is dropped at login.
  if (name.includes("\\"))
    throw nameError('The user name must not contain "\\": a domain before the name is ignored at login.');
  if (name.includes("/")) throw nameError('The user name must not contain "/".');
  if (name.trim() !== name) throw nameError("The user name must not begin or end with a space.");
  // Every URL parser resolves these two away, so such a user could never be reached again.
  if (name === "." || name === "..") throw nameError('The user name must not be "." or "..".');
}

/** Refuses a password that no client could use: invalid-password. The message never repeats it. */
export function checkPassword(password: string): void {
  const length = [...password].length;
  if (length < 1 || length > MAX_PASSWORD_LENGTH)
    throw passwordError(`The password must have 1 to ${MAX_PASSWORD_LENGTH} characters, not ${length}.`);
  if (password.includes("\0")) throw passwordError("The password must not contain a NUL character.");
  if (!password.isWellFormed()) throw passwordError("The password must be valid Unicode.");
}

const nameError = (message: string) => new AppError("invalid-name", message, { field: "name" });
const passwordError = (message: string) => new AppError("invalid-password", message, { field: "password" });
