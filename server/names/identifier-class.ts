/** Why a code point stands in no user name. */
export type Unfit =
  | "unassigned"
  | "invisible"
  | "old-hangul"
  | "variant"
  | "space"
  | "symbol"
  | "punctuation"
  | "other";

/** RFC 8264 §9.6 (F), those that are valid although a later rule would refuse them. */
const VALID_EXCEPTIONS = new Set([0x00df, 0x03c2, 0x06fd, 0x06fe, 0x0f0b, 0x3007]);

/**
 * RFC 8264 §9.6 (F), those that are refused although a later rule would take them: tatweel, repeat and tone
 * marks.
 */
const REFUSED_EXCEPTIONS = new Set([
  0x0640, 0x07fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b,
]);

/** RFC 8264 §9.6 (F): valid where `contextual-rules.ts` finds no fault. */
const CONTEXTUAL = /[\u00b7\u0375\u05f3\u05f4\u30fb\u0660-\u0669\u06f0-\u06f9]/u;

/** RFC 8264 §9.9 (I): Hangul_Syllable_Type L, V or T. JavaScript has no name for that property. */
const OLD_HANGUL = /[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7c6\ud7cb-\ud7fb]/u;

/** RFC 8264 §9.8, §9.12, §9.13 (H, L, M), and what is for private use. */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;

/** RFC 8264 §9.1 (A). */
const LETTER_OR_DIGIT = /[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]/u;

/**
 * Whether IdentifierClass takes a code point (RFC 8264 §8, in the order of that section); undefined: it does,
 * or does beside others. Stricter in one point: ZERO WIDTH JOINER and NON-JOINER are refused as invisible
 * everywhere, since two names that differ in one look the same in every table.
 */
export function unfit(character: string): Unfit | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (VALID_EXCEPTIONS.has(codePoint) || CONTEXTUAL.test(character)) return undefined;
  if (REFUSED_EXCEPTIONS.has(codePoint)) return "other";
  if (INVISIBLE.test(character)) return "invisible";
  if (/\p{Cn}/u.test(character)) return "unassigned";
  if (codePoint >= 0x21 && codePoint <= 0x7e) return undefined;
  if (OLD_HANGUL.test(character)) return "old-hangul";
  if (/\p{Zs}/u.test(character)) return "space";
  if (character.normalize("NFKC") !== character) return "variant";
  if (LETTER_OR_DIGIT.test(character)) return undefined;
  if (/\p{S}/u.test(character)) return "symbol";
  return /\p{P}/u.test(character) ? "punctuation" : "other";
}
