import { AppError } from "../errors/app-error.ts";
import { edgeSpaces } from "../names/edge-space.ts";
import { nameKey, nameObjection } from "../names/user-name.ts";
import { MAX_PASSWORD_LENGTH } from "../policy/password-rule.ts";

export { MAX_PASSWORD_LENGTH };

/** Ours: names stand in URLs, tables and logs. RFC 2759 §4 would let a client send 256 octets. */
export const MAX_NAME_LENGTH = 64;

/**
 * Refuses the name of a user who could not log in, or not be addressed in a URL, or whose name is none by RFC
 * 8265: invalid-name. `what` it is called where it is not a user's.
 */
export function checkName(name: string, what = "user name"): void {
  try {
    checkUserName(name);
  } catch (error) {
    if (what === "user name" || !(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message.replace("user name", what), error.details);
  }
}

function checkUserName(name: string): void {
  // In one piece each: a letter and its accent count once.
  const length = [...name.normalize("NFC")].length;
  if (length < 1 || length > MAX_NAME_LENGTH)
    throw nameError(`The user name must have 1 to ${MAX_NAME_LENGTH} characters, not ${length}.`);
  const [edge] = edgeSpaces(name);
  if (edge !== undefined)
    throw nameError(
      `The user name ${edge}. Leave that away: what a client sends would hardly ever be the same.`,
    );
  const key = nameKey(name);
  // Windows sends DOMAIN\name; everything up to the backslash is dropped at login.
  if (key.includes("\\"))
    throw nameError('The user name must not contain "\\": a domain before the name is ignored at login.');
  if (key.includes("/")) throw nameError('The user name must not contain "/".');
  // Every URL parser resolves these two away, so such a user could never be reached again.
  if (key === "." || key === "..") throw nameError('The user name must not be "." or "..".');
  const objection = nameObjection(name);
  if (objection === undefined) return;
  const { says, character } = objection;
  throw nameError(says, character === undefined ? {} : { character });
}

/** Refuses a password that no client could use: invalid-password. The message never repeats it. */
export function checkPassword(password: string): void {
  const length = [...password].length;
  if (length < 1 || length > MAX_PASSWORD_LENGTH)
    throw passwordError(`The password must have 1 to ${MAX_PASSWORD_LENGTH} characters, not ${length}.`);
  if (password.includes("\0")) throw passwordError("The password must not contain a NUL character.");
  if (!password.isWellFormed()) throw passwordError("The password must be valid Unicode.");
}

const nameError = (message: string, more: { readonly character?: string } = {}) =>
  new AppError("invalid-name", message, { field: "name", ...more });
const passwordError = (message: string) => new AppError("invalid-password", message, { field: "password" });
