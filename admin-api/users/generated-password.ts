import { randomInt } from "node:crypto";

/**
 * Without 0 and O, 1, l and I: read over the telephone and typed from paper. 57 characters, 5.83 bits each.
 */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** 116 bits: no dictionary holds it, so what is left to attack is the DES of MS-CHAPv2 itself. */
const LENGTH = 20;

/** A password that a person can read and nobody can guess. */
export function generatePassword(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
