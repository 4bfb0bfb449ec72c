import { edgeSpaces } from "./edge-space.ts";

/**
 * What about a password that was given, and is kept as it stands, is worth a second look: mostly it came out
 * of a file or a clipboard and was not meant so. Sentences that tell nothing else of it.
 */
export function passwordNotes(password: string | undefined): readonly string[] {
  if (password === undefined) return [];
  const ends = edgeSpaces(password).map(
    (end) => `The password ${end}. It is part of the password: whoever logs in must type it as well.`,
  );
  if (password.normalize("NFC") === password) return ends;
  return [
    ...ends,
    "The password has letters in two pieces, a letter and its accent; most keyboards make one of them, and that is another password.",
  ];
}
