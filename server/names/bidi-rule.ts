/**
 * Where Unicode keeps what is written from right to left (DerivedBidiClass.txt, the ranges whose default is R
 * or AL). JavaScript has no name for the property; among what IdentifierClass allows, all that is R, AL or AN
 * is in here, and nothing else but marks and the digits below.
 */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Bidi_Class AN: Arabic-Indic and Hanifi Rohingya digits. */
const ARABIC_NUMBER = /[\u0660-\u0669\u{10d30}-\u{10d39}]/u;

/** Bidi_Class EN. */
const EUROPEAN_NUMBER = /[0-9\u06f0-\u06f9]/u;

/** Bidi_Class ES, CS, ET or ON, as far as IdentifierClass allows it: neither direction. */
const NEUTRAL = /[!-/:-@[-`{-~\u00b7\u02b9\u02ba\u02c6-\u02cf\u02ec\u0375\u30fb\ua717-\ua71f\ua788]/u;

const kind = (character: string) => {
  if (/\p{Mn}/u.test(character)) return "mark";
  if (ARABIC_NUMBER.test(character)) return "arabic-number";
  if (EUROPEAN_NUMBER.test(character)) return "european-number";
  if (NEUTRAL.test(character)) return "neutral";
  return RIGHT_TO_LEFT.test(character) ? "right" : "left";
};

/**
 * Does a text obey the Bidi Rule (RFC 5893 §2)? It asks nothing of one without a character from right to left
 * (RFC 8265 §3.3.1); one with such characters must begin with one, hold none from left to right, and end with
 * one or a digit, so that it reads the same wherever it is shown.
 */
export function obeysBidiRule(text: string): boolean {
  const kinds = [...text].map(kind);
  if (!kinds.some((one) => one === "right" || one === "arabic-number")) return true;
  const last = kinds.findLast((one) => one !== "mark");
  return (
    kinds[0] === "right" &&
    !kinds.includes("left") &&
    last !== "neutral" &&
    !(kinds.includes("arabic-number") && kinds.includes("european-number"))
  );
}
