/** The longest password MS-CHAPv2 can hash, in Unicode characters (RFC 2759 §8.1). */
export const MAX_PASSWORD_LENGTH = 256;

/**
 * Ours: lower case, upper case, digits, all the rest. A user's own choice has at least so many of these
 * kinds.
 */
const KINDS_NEEDED = 3;
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** Ours: a shorter name stands in too many good passwords by chance. */
const SHORTEST_NAME = 3;

/** What a password that the user chose is held against. */
export interface PasswordCircumstances {
  /** The user's name as the store has it. */
  readonly name: string;
  /** From `password.min_length`. */
  readonly minLength: number;
  /** Is it the present password over again? */
  readonly isOld: boolean;
}

/**
 * Why a password that a user chose in the client is refused: one sentence that never repeats it. Undefined:
 * it is good. What an administrator sets is not held to this.
 */
export function passwordObjection(
  password: string,
  circumstances: PasswordCircumstances,
): string | undefined {
  const { name, minLength, isOld } = circumstances;
  const length = [...password].length;
  if (!password.isWellFormed() || /\p{Cc}/u.test(password))
    return "The new password has characters that nobody can type.";
  if (length < minLength)
    return `The new password is too short; it must have at least ${minLength} characters.`;
  if (length > MAX_PASSWORD_LENGTH)
    return `The new password is too long; ${MAX_PASSWORD_LENGTH} characters are the most.`;
  if (isOld) return "The new password is the old one.";
  if (KINDS.filter((kind) => kind.test(password)).length < KINDS_NEEDED)
    return "The new password must have three of these: lower case, upper case, digits, other characters.";
  if ([...name].length >= SHORTEST_NAME && password.toLowerCase().includes(name.toLowerCase()))
    return "The new password contains the user's name.";
  return undefined;
}
