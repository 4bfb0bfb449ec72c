import { MAX_COMMENT_LENGTH } from "../../server/store/user-rules.ts";

/** Control characters, line separators, and what turns the writing around. */
const NO_LINE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** A remark of another server as a comment of a user: in one line, and cut where it is too long. */
export function fittedComment(text: string, tell: (what: string) => void): string {
  const line = text.replace(NO_LINE, " ").trim();
  const letters = [...line];
  if (letters.length > MAX_COMMENT_LENGTH) tell(`the comment is cut to ${MAX_COMMENT_LENGTH} characters`);
  else if (line !== text.trim()) tell("line ends in the comment became spaces");
  return letters.slice(0, MAX_COMMENT_LENGTH).join("");
}
