import { obeysBidiRule } from "./bidi-rule.ts";
import { misplaced } from "./contextual-rules.ts";
import { type Unfit, unfit } from "./identifier-class.ts";

/**
 * RFC 8264 §7: the rules are applied again until nothing changes, and so often at most after the first time.
 */
const MORE_ROUNDS = 3;

/** What needs no mapping but that of capital letters; nearly every name. */
const PLAIN = /^[!-~]*$/;

/**
 * Equal for two spellings of one user name (RFC 8265 §3.3.4, UsernameCaseMapped): width, case and composition
 * of letters make no difference, nor how many spaces stand between two parts (§3.1). Of any text, also of one
 * that is no allowed name: who has such a name from before goes on, and what strangers send is looked up like
 * any other. `nameKey(nameKey(x)) === nameKey(x)`.
 *
 * To find users by. What is hashed in a log-in is what the client sent (RFC 2759 §8.2).
 */
export function nameKey(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  let key = mapped(name);
  for (let round = 0; round < MORE_ROUNDS; round++) {
    const next = mapped(key);
    if (next === key) break;
    key = next;
  }
  return key;
}

/** Why a name is not one that UsernameCaseMapped takes. */
export interface NameObjection {
  /** One sentence. */
  readonly says: string;
  /** The character that is not allowed, as "U+2019". */
  readonly character?: string;
}

/** Undefined: it is allowed. An empty name and spaces at its ends are for others to refuse. */
export function nameObjection(name: string): NameObjection | undefined {
  // Mapped and composed before, as RFC 8264 §7 has it: a Korean syllable in pieces, as some systems send it,
  // is a letter like any other, and a titlecase letter is as good as its small one.
  for (const character of mapWidth(name).normalize("NFC").replaceAll(" ", "")) {
    const why = [...nameKey(character)].map(unfit).find((one) => one !== undefined);
    if (why !== undefined) return refused(character, "", WORDS[why](character));
  }
  const key = nameKey(name);
  for (const part of key.split(" ")) {
    const found = misplaced(part);
    if (found !== undefined) return refused(found.character, " where it does", found.says);
    if (!part.split("@").every(obeysBidiRule)) return { says: TWO_DIRECTIONS };
  }
  return undefined;
}

/** A character for a sentence: itself where it can be seen, and its number. */
function shown(character: string): string {
  const number = codePoint(character);
  const seen = !/[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(character);
  return seen ? `"${character}" (${number})` : number;
}

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

const refused = (character: string, where: string, says: string): NameObjection => ({
  says: `The user name must not have ${shown(character)}${where}: it ${says}.`,
  character: codePoint(character),
});

const TWO_DIRECTIONS =
  "The user name mixes writing from right to left with writing from left to right, or ends such a part with a sign; " +
  "it would read differently from place to place.";

const WORDS: Readonly<Record<Unfit, (character: string) => string>> = {
  unassigned: () => "is no character of the Unicode version that this pacd knows",
  invisible: () => "is a control character or an invisible one",
  "old-hangul": () => "is a part of an old Korean syllable",
  variant: (character) => `is a variant of other characters${plainForm(character)}`,
  space: () => "is not the plain space",
  symbol: () => "is a symbol, and of those only the ones in ASCII are allowed",
  punctuation: () => "is punctuation, and of that only what ASCII has is allowed",
  other: () => "is no letter, digit or sign of ASCII",
};

/** What to write instead, where that is allowed. */
function plainForm(character: string): string {
  const plain = character.normalize("NFKC");
  return [...plain].every((one) => unfit(one) === undefined) ? `; write "${plain}"` : "";
}

const mapped = (text: string): string =>
  mapWidth(text)
    .toLowerCase()
    .normalize("NFC")
    .replace(/(?<=[^ ]) {2,}(?=[^ ])/g, " ");

/**
 * Fullwidth and halfwidth characters become their usual ones (RFC 8264 §5.2.1), the ideographic space too.
 * Left alone are those whose usual one is itself a variant and allowed nowhere: FULLWIDTH MACRON and the
 * halfwidth Hangul.
 */
const mapWidth = (text: string): string =>
  text.replace(/[\u3000\uff01-\uff9f\uffe0-\uffe2\uffe4-\uffe6\uffe8-\uffee]/gu, (wide) =>
    wide.normalize("NFKC"),
  );
