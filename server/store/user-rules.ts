import { AppError } from "../errors/app-error.ts";
import { edgeSpaces } from "../names/edge-space.ts";
import { nameKey, nameObjection } from "../names/user-name.ts";
import { MAX_PASSWORD_LENGTH } from "../policy/password-rule.ts";
import type { Labels } from "./store-types.ts";

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

/** Ours: a remark, not a document. */
export const MAX_COMMENT_LENGTH = 500;

/** Ours: what a list of users can carry along. */
export const MAX_LABELS = 32;
export const MAX_LABEL_LENGTH = 128;

/** What a label's key looks like; as Kubernetes has it, without capital letters. */
export const LABEL_KEY = /^[a-z0-9](?:[a-z0-9._/-]{0,61}[a-z0-9])?$/;

/** Refuses a comment that is too long or holds more than one line of text: invalid-comment. */
export function checkComment(comment: string): void {
  const length = [...comment].length;
  if (length > MAX_COMMENT_LENGTH)
    throw commentError(`The comment has ${length} characters; ${MAX_COMMENT_LENGTH} is the most.`);
  if (CONTROL.test(comment) || !comment.isWellFormed())
    throw commentError("The comment must be one line of text, without control characters.");
}

/** Refuses labels that could not be told apart in a filter or a table: invalid-labels. */
export function checkLabels(labels: Labels): void {
  const entries = Object.entries(labels);
  if (entries.length > MAX_LABELS)
    throw labelError(`There are ${entries.length} labels; ${MAX_LABELS} is the most.`);
  for (const [key, value] of entries) {
    const shown = JSON.stringify(key);
    if (!LABEL_KEY.test(key))
      throw labelError(
        `The key ${shown} of a label must have 1 to 63 of a-z 0-9 . _ / - and begin and end with a letter or digit, such as department.`,
      );
    const length = [...value].length;
    if (length > MAX_LABEL_LENGTH)
      throw labelError(`The label ${shown} has ${length} characters; ${MAX_LABEL_LENGTH} is the most.`);
    if (CONTROL.test(value) || !value.isWellFormed())
      throw labelError(`The label ${shown} must be one line of text, without control characters.`);
  }
}

/** Refuses a password that no client could use: invalid-password. The message never repeats it. */
export function checkPassword(password: string): void {
  const length = [...password].length;
  if (length < 1 || length > MAX_PASSWORD_LENGTH)
    throw passwordError(`The password must have 1 to ${MAX_PASSWORD_LENGTH} characters, not ${length}.`);
  if (password.includes("\0")) throw passwordError("The password must not contain a NUL character.");
  if (!password.isWellFormed()) throw passwordError("The password must be valid Unicode.");
}

/** Control characters, line and paragraph separators, and what turns the writing around. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const commentError = (message: string) => new AppError("invalid-comment", message, { field: "comment" });
const labelError = (message: string) => new AppError("invalid-labels", message, { field: "labels" });

const nameError = (message: string, more: { readonly character?: string } = {}) =>
  new AppError("invalid-name", message, { field: "name", ...more });
const passwordError = (message: string) => new AppError("invalid-password", message, { field: "password" });
