import { randomInt } from "node:crypto";
import { AppError } from "../../server/errors/app-error.ts";

/** RFC 2759 §8: "0-to-256-unicode-char Password". */
const MAX_PASSWORD = 256;

/** Without 0 and O, 1, l and I: read over the telephone and typed from paper. 57 characters, 5.83 bits each. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** 116 bits: no dictionary holds it, so what is left to attack is the DES of MS-CHAPv2 itself. */
const GENERATED_LENGTH = 20;

/** Refuses what cannot be a password (invalid-password). Strength is the operator's choice; length and form are not. */
export function checkPassword(password: string): void {
  const fault = faultOf(password);
  if (fault !== undefined)
    throw new AppError("invalid-password", `The password ${fault}.`, { field: "password" });
}

function faultOf(password: string): string | undefined {
  if (password === "") return "is empty";
  if (password.length > MAX_PASSWORD) return `is longer than ${MAX_PASSWORD} characters`;
  if (/\p{Cc}/u.test(password)) return "holds a control character, which no log-in window accepts";
  if (!password.isWellFormed()) return "is not well-formed Unicode";
  return undefined;
}

/** A password that a person can read and nobody can guess. */
export function generatePassword(): string {
  return Array.from({ length: GENERATED_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
