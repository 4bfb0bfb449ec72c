import { Type } from "typebox";
import { VERDICTS } from "../../verdicts/register.ts";

/** Those of before stay on record: a program that reads old entries may meet a code that is not listed. */
const CODES = Object.keys(VERDICTS);
const NOTE = "Entries that an earlier pacd wrote may have one that this one no longer gives.";

/** A verdict by its stable code. */
export const verdictCode = (description: string) =>
  Type.Unsafe<string>({
    type: "string",
    enum: CODES,
    description: `${description}. ${NOTE}`,
    examples: ["bad-credentials"],
  });

/** The same or null. */
export const nullableVerdictCode = (description: string) =>
  Type.Unsafe<string | null>({
    type: ["string", "null"],
    enum: [...CODES, null],
    description: `${description}. ${NOTE}`,
    examples: ["client-hung-up"],
  });
