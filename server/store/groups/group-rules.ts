import { AppError } from "../../errors/app-error.ts";
import { edgeSpaces } from "../../names/edge-space.ts";
import { nameKey, nameObjection } from "../../names/user-name.ts";
import { MAX_NAME_LENGTH } from "../user-rules.ts";

/** Who asks for the users of this group means those who are in none. */
export const NO_GROUP = "none";

/** Refuses the name of a group that could not be addressed in a URL, or is none by RFC 8265: invalid-name. */
export function checkGroupName(name: string): void {
  const length = [...name.normalize("NFC")].length;
  if (length < 1 || length > MAX_NAME_LENGTH)
    throw nameError(`The group name must have 1 to ${MAX_NAME_LENGTH} characters, not ${length}.`);
  const [edge] = edgeSpaces(name);
  if (edge !== undefined) throw nameError(`The group name ${edge}. Leave that away.`);
  const key = nameKey(name);
  if (key === NO_GROUP)
    throw nameError(`A group cannot have the name ${NO_GROUP}: that stands for users without a group.`);
  if (/[/\\]/.test(key)) throw nameError('The group name must not contain "/" or "\\".');
  // Every URL parser resolves these two away, so such a group could never be reached again.
  if (key === "." || key === "..") throw nameError('The group name must not be "." or "..".');
  const objection = nameObjection(name);
  if (objection === undefined) return;
  const { says, character } = objection;
  throw nameError(
    says.replace("The user name", "The group name"),
    character === undefined ? {} : { character },
  );
}

const nameError = (message: string, more: { readonly character?: string } = {}) =>
  new AppError("invalid-name", message, { field: "name", ...more });
